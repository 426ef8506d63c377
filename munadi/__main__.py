"""`python -m munadi` is `munadi`."""

from munadi.cli import main

if __name__ == "__main__":
    main()
