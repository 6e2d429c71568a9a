"""Flask extensions, made once and bound to an application by create_app."""

from __future__ import annotations

from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

babel = Babel()
csrf = CSRFProtect()
login_manager = LoginManager()
# Counts live in the process: with several web processes the limit of each one holds, and the
# proxy in front adds its own (docs/decisiones/0001).
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=False)
