import os

from django.core.wsgi import get_wsgi_application

from tisu.foundation.startup import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tisu.settings")
application = get_wsgi_application()
refuse_unsafe_start()
