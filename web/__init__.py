"""What one sees: the Flask application."""

from __future__ import annotations

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from models.session import make_engine
from web import (
    cli,
    config,
    ctx,
    cuenta,
    errors,
    estaticos,
    filters,
    metricas,
    produccion,
    puerta,
    registro,
    seguridad,
)
from web.extensions import babel, csrf, limiter
from web.secciones import SECCIONES
from workflow import registro as lineas


def _plantillas(app: Flask) -> None:
    """Own templates, and the govuk macros under their package's name."""
    propias = app.jinja_loader
    assert propias is not None
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([propias, govuk])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    filters.init_app(app)


def _extensiones(app: Flask, ajustes: config.Ajustes) -> None:
    babel.init_app(
        app,
        default_locale="es_MX",
        default_timezone=ajustes.zona_horaria,
        locale_selector=lambda: "es_MX",
    )
    csrf.init_app(app)
    limiter.init_app(app)
    cuenta.init_app(app)


def _configurar(app: Flask, ajustes: config.Ajustes) -> None:
    app.config.update(
        SECRET_KEY=ajustes.secret_key,
        MODO=ajustes.modo,
        URL_BASE=ajustes.url_base,
        ZONA_HORARIA=ajustes.zona_horaria,
        MAX_CONTENT_LENGTH=ajustes.maximo_peticion,
        RATELIMIT_ENABLED=ajustes.limites_activos,
    )
    seguridad.configurar_sesion(app, ajustes)


def create_app(ajustes: config.Ajustes | None = None, *, motor: Engine | None = None) -> Flask:
    """The application for some settings (the environment's by default) and an engine (theirs by default).

    Raises ConfiguracionInvalida when the settings are unsafe or the database holds what production forbids.
    """
    ajustes = ajustes or config.cargar()
    lineas.configurar(depurar=ajustes.depurar)
    app = Flask("web")
    _configurar(app, ajustes)
    if motor is None:
        config.preparar_carpeta(ajustes)
        motor = make_engine(ajustes.database_url)
    app.extensions["denuncias"] = ctx.armar(ajustes, motor)
    produccion.revisar(ajustes, motor)
    # Before everything else: the number of the request and its clock.
    registro.init_app(app, confiar_en_proxy=ajustes.saltos_proxy > 0)
    metricas.init_app(app)
    ctx.init_app(app)
    seguridad.init_app(app, ajustes)
    _plantillas(app)
    puerta.init_app(app)
    _extensiones(app, ajustes)
    estaticos.init_app(app, recargar=ajustes.es_demo)
    errors.init_app(app)
    for seccion in SECCIONES:
        app.register_blueprint(seccion)
    cli.init_app(app)
    if ajustes.saltos_proxy:
        saltos = ajustes.saltos_proxy
        app.wsgi_app = ProxyFix(app.wsgi_app, saltos, saltos, saltos, saltos)  # type: ignore[method-assign]
    return app
