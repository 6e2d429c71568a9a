"""Every route × every role × own unit, other unit, nobody: generated from the routes and the permissions.

A new route fails here until it says who may open it: with `@requiere`, or in `PUBLICOS`. A route whose
address names a row fails until MUESTRAS has one and says who sees it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from models.acto import Acto
from models.bien import Bien, TipoBien
from models.comite import Comite, EstadoSesion, Sesion
from models.denuncia import Denuncia
from models.documento import Documento, OrigenDocumento
from models.expediente import Expediente
from models.organizacion import Ooad, Rol, Subdelegacion, Usuario, UsuarioRol
from models.pae import DiligenciaPae, Pae, TipoDiligenciaPae
from models.pago import EstadoPago, OrigenPago, Pago
from models.patron import Patron
from models.plazo import CambioCalendario, DiaInhabil, Plazo
from models.proceso import EstadoTarea, Incidente, Instancia, Tarea
from models.propuesta import TipoActo
from models.remate import Remate
from models.salida import Salida
from tests.web.personal import abrir_sesion
from tests.web.publico import presentar_directo
from web.permisos import PERMISOS, PUBLICOS, SUPERVISION, Permiso
from workflow.actions import proceso
from workflow.context import SISTEMA
from workflow.operations import pago_lote

R = Rol
ROLES = tuple(r for r in Rol if r is not Rol.DENUNCIANTE)
PASA = {200, 204, 302, 303, 400, 403, 409, 410, 422}
# Who sees the sample of each kind of row, in its own unit.
JEFE = frozenset({R.JEFE_AUDITORIA})
CASO = JEFE | SUPERVISION
SESION = frozenset({R.SECRETARIO_COMITE}) | SUPERVISION
# The sample act names the auditor of the own unit; ventanilla receives its papers.
ACTO = frozenset({R.AUDITOR, R.JEFE_AUDITORIA, R.SUBDELEGADO, R.VENTANILLA}) | SUPERVISION
NADIE: frozenset[Rol] = frozenset()
VEN: dict[str, frozenset[Rol]] = {
    "tarea_id": CASO,
    "folio": CASO,
    "documento_id": CASO,
    "plazo_id": CASO,
    "sesion": SESION,
    "acto": ACTO,
    "pago_id": frozenset({R.JEFE_COBRANZA}),
    "lote_id": frozenset({R.JEFE_COBRANZA}),
    "remate": frozenset({R.JEFE_COBRANZA}),
}
# Sections whose folio is that of another noun: section -> (parameter, kind of the sample).
FOLIOS = {"comite": "sesion", "promociones": "acto", "trabajadores": "acto", "remates": "remate"}
# Routes that only some of those who see the row get through.
ACTUAN: dict[tuple[str, str], frozenset[Rol]] = {
    ("tarea.enviar", "POST"): JEFE,
    ("tarea.confirmar", "POST"): JEFE,
    ("tarea.borrador", "POST"): JEFE,
    ("tarea.elegir", "POST"): JEFE,
    ("tarea.tomar", "POST"): JEFE,
    ("tarea.soltar", "POST"): JEFE,
    ("tarea.posponer", "POST"): JEFE,
    # Ventanilla receives papers of the act, and sees nothing else of it; its list has no file of the sample.
    ("trabajadores.ver", "GET"): frozenset(Rol) - {R.VENTANILLA},
    ("trabajadores.plantilla", "GET"): frozenset(Rol) - {R.VENTANILLA},
    ("trabajadores.previa", "GET"): NADIE,
    # The sample act has determined nothing: there is nobody to restore.
    ("restituciones.del_acto", "GET"): NADIE,
    ("restituciones.forma", "GET"): NADIE,
    ("restituciones.registrar", "POST"): NADIE,
    # Only a credit has a cédula and an account; the sample is a denuncia.
    ("expediente.cedula", "GET"): NADIE,
    ("expediente.cedula_csv", "GET"): NADIE,
    ("expediente.cuenta", "GET"): NADIE,
    # No catalogue lengthens the sample term.
    ("expediente.ampliar", "GET"): NADIE,
    ("expediente.ampliar", "POST"): NADIE,
    # The sample session is only called: what needs its process or a vote is not there for anybody.
    ("comite.cerrar", "GET"): NADIE,
    ("comite.cerrada", "POST"): NADIE,
    ("comite.excusa", "GET"): NADIE,
    ("comite.captura", "GET"): NADIE,
    ("comite.cancelar", "GET"): NADIE,
    ("comite.cancelada", "POST"): NADIE,
}


@dataclass
class Edificio:
    """Two offices of two OOAD, one person of every role in each, one case and one session in the first."""

    app: Flask
    personas: dict[tuple[str, Rol], Usuario] = field(default_factory=dict)
    muestras: dict[str, Any] = field(default_factory=dict)

    def rutas(self) -> Iterator[tuple[str, str, str]]:
        """(endpoint, method, address) of every route, with its parameters filled in."""
        adaptador = self.app.url_map.bind("localhost")
        for regla in self.app.url_map.iter_rules():
            faltan = regla.arguments - self.muestras.keys() - set(regla.defaults or ())
            if regla.endpoint in PUBLICOS:
                continue
            assert not faltan, f"{regla.rule}: añade una muestra de {faltan} en este archivo"
            datos = {a: self.muestra(regla.endpoint, a) for a in regla.arguments}
            for metodo in sorted((regla.methods or set()) - {"HEAD", "OPTIONS"}):
                yield regla.endpoint, metodo, adaptador.build(regla.endpoint, datos, method=metodo)

    def muestra(self, endpoint: str, argumento: str) -> Any:
        """The value of a parameter of a route."""
        seccion = FOLIOS.get(endpoint.split(".")[0]) if argumento == "folio" else None
        return self.muestras[seccion or argumento]

    def filas(self, endpoint: str) -> set[str]:
        """Kinds of the rows that a route speaks of."""
        argumentos = {a for r in self.app.url_map.iter_rules(endpoint) for a in r.arguments}
        if endpoint.split(".")[0] in FOLIOS and "folio" in argumentos:
            return {FOLIOS[endpoint.split(".")[0]]}
        return argumentos & VEN.keys()

    def pedir(self, persona: Usuario | None, metodo: str, camino: str) -> Any:
        """One request of one person, on the house as it was at the beginning."""
        if metodo != "GET":
            self._reponer()
        cliente = self.app.test_client()
        if persona is not None:
            abrir_sesion(cliente, persona)
        return cliente.open(camino, method=metodo)

    def _reponer(self) -> None:
        with self.app.extensions["denuncias"].obra.sesiones() as s:
            s.execute(
                update(Tarea)
                .where(Tarea.id == self.muestras["tarea_id"])
                .values(asignada_a=None, tomada_en=None, pospuesta_hasta=None, version=1)
            )
            s.commit()


@pytest.fixture
def edificio(app: Flask) -> Edificio:
    """The building, built once for a test."""
    app.config["WTF_CSRF_ENABLED"] = False
    e = Edificio(app)
    with app.extensions["denuncias"].obra.sesiones() as s:
        unidades = []
        for lugar in ("propia", "ajena"):
            ooad = Ooad(clave=f"O-{lugar}", nombre=lugar)
            s.add(ooad)
            s.flush()
            unidad = Subdelegacion(ooad_id=ooad.id, clave=f"S-{lugar}", nombre=f"Subdelegación {lugar}")
            s.add(unidad)
            s.flush()
            unidades.append(unidad)
            for rol in ROLES:
                e.personas[lugar, rol] = _persona(rol, lugar, unidad)
        s.add_all(e.personas.values())
        s.commit()
        unidad_id = unidades[0].id
    with app.extensions["denuncias"].obra.ctx(SISTEMA) as ctx:
        proceso.publicar(ctx)
    presentar_directo(app)
    e.muestras = _muestras(app, unidad_id, e.personas["propia", R.AUDITOR].id)
    return e


def _persona(rol: Rol, lugar: str, unidad: Subdelegacion) -> Usuario:
    de_ooad = rol in SUPERVISION
    return Usuario(
        correo=f"{rol}.{lugar}@example.mx",
        nombre=f"{rol} {lugar}",
        clave_hash="x",
        subdelegacion_id=None if de_ooad else unidad.id,
        ooad_id=unidad.ooad_id if de_ooad else None,
        roles=[UsuarioRol(rol=rol)],
    )


def _muestras(app: Flask, unidad_id: int, auditor_id: int) -> dict[str, Any]:
    """One row of each kind, all of the own unit."""
    with app.extensions["denuncias"].obra.sesiones() as s:
        denuncia = s.scalars(select(Denuncia)).one()
        assert denuncia.subdelegacion_id == unidad_id
        expediente = Expediente(
            folio="EXP-1", subdelegacion_id=unidad_id, abierto_en=dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
        )
        comite = Comite(nombre="Comité", subdelegacion_id=unidad_id, vigente_desde=dt.date(2026, 1, 1))
        s.add_all([expediente, comite])
        s.flush()
        sesion = Sesion(
            folio="SES-1", comite_id=comite.id, expediente_id=expediente.id, subdelegacion_id=unidad_id
        )
        sesion.estado, sesion.convocada_en = EstadoSesion.CONVOCADA, dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
        sesion.fecha_hora, sesion.lugar = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC), "Sala 2"
        papel = Documento(
            tipo="anexo",
            titulo="Anexo",
            origen=OrigenDocumento.INTERNO,
            sujeto_tipo="denuncia",
            sujeto_id=denuncia.id,
            expediente_id=denuncia.expediente_id,
            nombre="anexo.pdf",
            mime="application/pdf",
            sha256=app.extensions["denuncias"].servicios.almacen.guardar(b"%PDF-1.7"),
            emitido_en=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        )
        instancia_id = s.scalars(select(Instancia.id)).first()
        incidente = Incidente(
            clave="abcd",
            instancia_id=instancia_id,
            que="temporizador",
            causa="prueba",
            en=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        )
        dia = DiaInhabil(
            fecha=dt.date(2026, 4, 2),
            motivo="Jueves santo",
            cita="CCT",
            registrado_en=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        )
        cambio = CambioCalendario(dia=dia, total=0, iniciado_en=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
        acto = _acto(s, denuncia, auditor_id)
        remate = _remate(s, acto)
        s.add_all([sesion, incidente, papel, cambio])
        s.commit()
        return {
            "tarea_id": s.scalars(select(Tarea.id).where(Tarea.estado == EstadoTarea.ABIERTA)).one(),
            "folio": denuncia.folio,
            "documento_id": papel.id,
            "trabajador_id": 1,
            "forma": "csv",
            "plazo_id": s.scalars(select(Plazo.id)).first(),
            "sesion": sesion.folio,
            "acto": acto.folio,
            "acto_id": acto.id,
            "remate": remate.folio,
            "pago_id": _pago(s, acto),
            "lote_id": _lote(s, acto),
            "incidente_id": incidente.id,
            "cambio_id": cambio.id,
            "proceso": "denuncia",
            "nombre": "denuncia_tramite",
            "cual": "caducidad",
        }


def _acto(s: Session, denuncia: Denuncia, auditor_id: int) -> Acto:
    patron = Patron(
        subdelegacion_id=denuncia.subdelegacion_id,
        registro_patronal="C614077210",
        nombre="Patrón de la muestra",
    )
    s.add(patron)
    s.flush()
    acto = Acto(
        folio="ACT-1",
        tipo=TipoActo.VISITA,
        expediente_id=denuncia.expediente_id,
        subdelegacion_id=denuncia.subdelegacion_id,
        patron_id=patron.id,
        periodos=[{"desde": "2024-01-01", "hasta": "2024-12-31"}],
        alcance={},
        auditores=[auditor_id],
        programado_en=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
    )
    s.add(acto)
    return acto


def _pago(s: Session, acto: Acto) -> int:
    pago = Pago(
        folio="PAG-1",
        estado=EstadoPago.APLICADO,
        origen=OrigenPago.VENTANILLA,
        referencia="1",
        patron_id=acto.patron_id,
        subdelegacion_id=acto.subdelegacion_id,
        fecha=dt.date(2026, 11, 19),
        importe=Decimal(100),
        registrado_en=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
    )
    s.add(pago)
    s.commit()
    return pago.id


def _lote(s: Session, acto: Acto) -> int:
    """A bank's file that the worker has received whole."""
    cuando = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    datos = {"unidad_id": acto.subdelegacion_id, "total": 1, "lineas": [], "registrados": 1}
    lote = Salida(
        tipo=pago_lote.TIPO,
        clave="muestra",
        datos={**datos, "conocidos": [], "rechazos": []},
        creada_en=cuando,
        proxima_en=cuando,
    )
    s.add(lote)
    s.commit()
    return lote.id


def _remate(s: Session, acto: Acto) -> Remate:
    s.flush()
    cuando = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    pae = Pae(
        folio="PAE-1",
        expediente_id=acto.expediente_id,
        subdelegacion_id=acto.subdelegacion_id,
        patron_id=acto.patron_id,
        ejecutores=[],
        abierto_en=cuando,
    )
    s.add(pae)
    s.flush()
    embargo = DiligenciaPae(
        pae_id=pae.id,
        numero=1,
        tipo=TipoDiligenciaPae.EMBARGO,
        inicio=cuando,
        resultado="bienes",
        datos={},
        registrada_en=cuando,
    )
    s.add(embargo)
    s.flush()
    bien = Bien(
        pae_id=pae.id,
        numero=1,
        tipo=TipoBien.MUEBLE,
        diligencia_id=embargo.id,
        descripcion="Torno",
        valor_estimado=1,
        designa="deudor",
        fotos=[],
        embargado_en=cuando,
    )
    s.add(bien)
    s.flush()
    remate = Remate(folio="REM-1", pae_id=pae.id, bien_id=bien.id, acreedores=[], iniciado_en=cuando)
    s.add(remate)
    return remate


def test_cada_ruta_dice_quien_la_abre(app_sin_base: Flask) -> None:
    sin_decir = [
        regla.endpoint
        for regla in app_sin_base.url_map.iter_rules()
        if regla.endpoint not in PUBLICOS
        and not hasattr(app_sin_base.view_functions[regla.endpoint], "permiso")
    ]
    assert not sin_decir, f"Declara con @requiere, o en PUBLICOS: {sin_decir}"


def test_lo_publico_existe_y_no_pide_permiso(app_sin_base: Flask) -> None:
    vistas = app_sin_base.view_functions
    assert vistas.keys() >= PUBLICOS, f"Sobran en PUBLICOS: {PUBLICOS - vistas.keys()}"
    assert not [e for e in PUBLICOS if hasattr(vistas[e], "permiso")]


def test_cada_permiso_tiene_roles() -> None:
    assert PERMISOS.keys() == set(Permiso)
    assert all(PERMISOS.values())
    assert all(Rol.DENUNCIANTE not in roles for roles in PERMISOS.values())
    casos = (Permiso.TAREA, Permiso.CASO, Permiso.DOCUMENTO, Permiso.IDENTIDAD)
    assert all(Rol.ADMINISTRADOR not in PERMISOS[p] for p in casos)


def test_rutas_por_roles(edificio: Edificio) -> None:
    """The whole matrix; every difference is told at once."""
    fallas = []
    for endpoint, metodo, camino in edificio.rutas():
        permiso: Permiso = edificio.app.view_functions[endpoint].permiso  # type: ignore[attr-defined]
        filas = edificio.filas(endpoint)
        for (lugar, rol), persona in edificio.personas.items():
            if lugar == "ajena" and rol not in PERMISOS[permiso]:
                continue  # without the permission the unit makes no difference
            ve = all(rol in VEN[fila] for fila in filas) and (lugar == "propia" or not filas)
            actua = rol in ACTUAN.get((endpoint, metodo), frozenset(Rol))
            pasa = rol in PERMISOS[permiso] and ve and actua
            codigo = edificio.pedir(persona, metodo, camino).status_code
            if codigo not in (PASA if pasa else {404}):
                fallas.append(
                    f"{metodo} {endpoint}: {rol} ({lugar}) recibió {codigo}, {'pasa' if pasa else '404'}"
                )
    assert not fallas, "\n".join(fallas)


def test_sin_cuenta_se_va_a_entrar(edificio: Edificio) -> None:
    for endpoint, metodo, camino in edificio.rutas():
        r = edificio.pedir(None, metodo, camino)
        assert r.status_code == 302, f"{metodo} {endpoint}: {r.status_code}"
        assert r.location.startswith("/entrar"), endpoint


def test_falla_cuando_se_olvida_una_ruta(ajustes: Any, motor_bd: Engine) -> None:
    """A view that nobody declared is found."""
    from web import create_app

    app = create_app(ajustes, motor=motor_bd)
    app.add_url_rule("/olvidada", "olvidada", lambda: "x")
    with pytest.raises(AssertionError, match="olvidada"):
        test_cada_ruta_dice_quien_la_abre(app)
