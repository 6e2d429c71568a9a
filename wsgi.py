"""The only module that a server imports: `waitress wsgi:app`, `gunicorn wsgi:app`, `flask --app wsgi`."""

import sys

from web import create_app
from web.config import ConfiguracionInvalida
from workflow import registro

registro.sin_rastros()
try:
    app = create_app()
except ConfiguracionInvalida as e:
    sys.exit(f"No se puede iniciar: {e}")
