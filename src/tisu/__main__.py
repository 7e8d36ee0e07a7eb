from tisu.cli import main

main()
