"""Making the packages that IT installs: frozen programs, the Windows setup file and what comes with them."""
