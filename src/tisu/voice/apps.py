from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "tisu.voice"
    label = "voice"
