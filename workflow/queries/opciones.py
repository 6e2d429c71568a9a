"""The choices of a task form: employers of the unit, people of a role, seats of the committee, proposals…"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from models.acto import Acto
from models.comite import Asiento, Asistencia, Asunto, Comite, EstadoAsunto, Sesion
from models.denuncia import Denuncia
from models.documento import Documento, OrigenDocumento
from models.organizacion import Rol, Subdelegacion, Usuario, UsuarioRol
from models.patron import Patron
from models.propuesta import PROPUESTAS_ABIERTAS, EstadoPropuesta, Propuesta
from workflow.context import Ctx
from workflow.formularios import Campo, Formulario
from workflow.operations._guardas import ACTOS_ABIERTOS
from workflow.operations._guardas_acto import g_denuncia_abierta
from workflow.operations.papel_denuncia import MOTIVOS
from workflow.queries import embargo, visita
from workflow.queries.tarea import Vista

Opcion = tuple[Any, str]
Opciones = dict[str, list[Opcion]]
PATRONES = 40
# Fields that name a person without a role in the schema: who may be named there.
ROL_DE: Mapping[str, Rol] = {"jefe_grupo": Rol.AUDITOR}


def para(
    ctx: Ctx, vista: Vista, formulario: Formulario, datos: Mapping[str, Any], busca: str = ""
) -> Opciones:
    """The choices of every field that needs them, by path (`lista.columna`) and by what they are.

    `datos`: what is written so far, so that what was chosen stays among the choices. `busca`: text to
    look for in the register of employers.
    """
    opciones: Opciones = {}
    for campo in formulario.campos:
        _de_campo(ctx, vista, campo, campo.nombre, datos.get(campo.nombre), busca, opciones)
        for columna in campo.columnas:
            _de_campo(ctx, vista, columna, f"{campo.nombre}.{columna.nombre}", None, busca, opciones)
    return opciones


def _de_campo(
    ctx: Ctx, vista: Vista, campo: Campo, ruta: str, valor: Any, busca: str, opciones: Opciones
) -> None:
    if campo.tipo == "ref":
        leer = REFERENCIAS.get(campo.tabla)
        if campo.tabla == "patron":
            opciones[ruta] = _patrones(ctx, vista, valor, busca)
        elif leer is not None:
            opciones[ruta] = leer(ctx, vista)
    elif campo.tipo == "usuario":
        rol = Rol(campo.rol) if campo.rol else ROL_DE.get(campo.nombre)
        opciones[ruta] = _personas(ctx, vista, rol)
    elif campo.tipo == "asiento" and "asiento" not in opciones:
        opciones["asiento"] = asientos(ctx, vista)
    elif campo.tipo in ("archivos", "firma") and "documento" not in opciones:
        opciones["documento"] = _anexos(ctx, vista)


def elegible(opciones: Opciones, formulario: Formulario, datos: Mapping[str, Any]) -> dict[str, str]:
    """Sentences for what was chosen and was not offered: nobody names a row that she was not shown."""
    errores: dict[str, str] = {}
    for campo in formulario.campos:
        valor = datos.get(campo.nombre)
        if campo.tipo == "lista":
            for lugar, renglon in enumerate(valor or ()):
                for columna in campo.columnas:
                    ruta = f"{campo.nombre}.{columna.nombre}"
                    if _ajeno(opciones, columna, ruta, renglon.get(columna.nombre)):
                        errores[f"{campo.nombre}.{lugar}.{columna.nombre}"] = _NO_ESTA.format(columna.titulo)
        elif _ajeno(opciones, campo, campo.nombre, valor):
            errores[campo.nombre] = _NO_ESTA.format(campo.titulo)
    return errores


# Types whose value is a row: under which key its choices are; the path of the field when it has its own.
ELEGIDOS: Mapping[str, str] = {
    "ref": "",
    "usuario": "",
    "asiento": "asiento",
    "archivos": "documento",
    "firma": "documento",
}
_NO_ESTA = "Elige «{}» de la lista: lo que enviaste no está en ella."


def _ajeno(opciones: Opciones, campo: Campo, ruta: str, valor: Any) -> bool:
    if campo.tipo == "firma":
        valor = (valor or {}).get("documento_id")
    if campo.tipo not in ELEGIDOS or valor in (None, "", []):
        return False
    clave = ELEGIDOS[campo.tipo] or ruta
    ofrecidas = {str(o) for o, _ in opciones.get(clave, [])}
    return not {str(v) for v in (valor if isinstance(valor, list) else [valor])} <= ofrecidas


# -- employers -------------------------------------------------------------------------------------------
def _patrones(ctx: Ctx, vista: Vista, valor: Any, busca: str) -> list[Opcion]:
    """Employers of the unit: the one chosen, then those that fit what she told, then the rest by name."""
    denuncia = (
        ctx.session.get(Denuncia, vista.fila.sujeto_id) if vista.fila.sujeto_tipo == "denuncia" else None
    )
    parecido = _parecido(denuncia.hechos if denuncia else {}, busca)
    propios = (valor, denuncia.patron_id if denuncia else None)
    elegidos = [int(v) for v in map(str, propios) if re.fullmatch(r"[0-9]{1,9}", v)]
    consulta = select(Patron).where(Patron.subdelegacion_id == vista.fila.subdelegacion_id)
    if busca:
        consulta = consulta.where(or_(parecido, Patron.id.in_(elegidos)))
    orden = case((Patron.id.in_(elegidos), 0), (parecido, 1), else_=2)
    filas = ctx.session.scalars(consulta.order_by(orden, Patron.nombre).limit(PATRONES))
    return [(p.id, f"{p.nombre} · {p.registro_patronal}") for p in filas]


def _parecido(hechos: Mapping[str, Any], busca: str) -> ColumnElement[bool]:
    textos = (
        [busca]
        if busca
        else [str(hechos.get(k) or "") for k in ("patron_registro", "patron_rfc", "patron_nombre")]
    )
    condiciones: list[Any] = [Patron.id < 0]
    for texto in filter(None, (t.strip() for t in textos)):
        condiciones += [
            Patron.registro_patronal.startswith(texto.upper().replace(" ", "")[:10], autoescape=True),
            Patron.rfc == texto.upper(),
            *(Patron.nombre.icontains(p, autoescape=True) for p in texto.split() if len(p) > 3),
        ]
    return or_(*condiciones)


# -- people and seats ------------------------------------------------------------------------------------
def _personas(ctx: Ctx, vista: Vista, rol: Rol | None) -> list[Opcion]:
    """Active people of the unit, of a role when one is asked for."""
    consulta = (
        select(Usuario.id, Usuario.nombre, Usuario.cargo)
        .where(Usuario.activo, Usuario.subdelegacion_id == vista.fila.subdelegacion_id)
        .order_by(Usuario.nombre)
    )
    if rol is not None:
        consulta = consulta.join(UsuarioRol, UsuarioRol.usuario_id == Usuario.id).where(UsuarioRol.rol == rol)
    cargas = _cargas(ctx, vista) if rol is Rol.ANALISTA_AUDITORIA else {}
    return [
        (
            u,
            f"{nombre} · {_casos(cargas.get(u, 0))}"
            if rol is Rol.ANALISTA_AUDITORIA
            else f"{nombre}, {cargo}",
        )
        for u, nombre, cargo in ctx.session.execute(consulta)
    ]


def _casos(cuantos: int) -> str:
    return (
        "sin casos abiertos"
        if not cuantos
        else f"{cuantos} {'caso abierto' if cuantos == 1 else 'casos abiertos'}"
    )


def _cargas(ctx: Ctx, vista: Vista) -> dict[int, int]:
    filas = ctx.session.execute(
        select(Denuncia.analista_id, func.count(Denuncia.id))
        .where(Denuncia.subdelegacion_id == vista.fila.subdelegacion_id, Denuncia.causa_cierre.is_(None))
        .group_by(Denuncia.analista_id)
    )
    return {analista: cuantos for analista, cuantos in filas if analista is not None}


def sesion_de(ctx: Ctx, vista: Vista) -> Sesion | None:
    """The session of the task: its own, or that of its matter."""
    fila = vista.fila
    if fila.sujeto_tipo == "sesion":
        return ctx.session.get(Sesion, fila.sujeto_id)
    asunto = ctx.session.get(Asunto, fila.sujeto_id) if fila.sujeto_tipo == "asunto" else None
    return asunto.sesion if asunto is not None else None


def asientos(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """The seats of the committee with whoever sits in them at this session."""
    sesion = sesion_de(ctx, vista)
    if sesion is None:
        return []
    consulta = (
        select(Asiento.id, Asiento.nombre, Usuario.nombre)
        .outerjoin(Asistencia, (Asistencia.asiento_id == Asiento.id) & (Asistencia.sesion_id == sesion.id))
        .join(Usuario, Usuario.id == func.coalesce(Asistencia.usuario_id, Asiento.usuario_id))
        .where(Asiento.comite_id == sesion.comite_id)
        .order_by(Asiento.orden)
    )
    return [(a, f"{silla}: {persona}") for a, silla, persona in ctx.session.execute(consulta)]


# -- rows of other tables --------------------------------------------------------------------------------
def _propuestas(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """For an agenda, the validated ones of the unit; for a denuncia, the open one of its employer."""
    consulta = select(Propuesta).where(Propuesta.subdelegacion_id == vista.fila.subdelegacion_id)
    if vista.fila.sujeto_tipo == "sesion":
        consulta = consulta.where(Propuesta.estado == EstadoPropuesta.VALIDADA)
    else:
        denuncia = ctx.session.get(Denuncia, vista.fila.sujeto_id)
        patron = denuncia.patron_id if denuncia is not None else None
        consulta = consulta.where(Propuesta.patron_id == patron, Propuesta.estado.in_(PROPUESTAS_ABIERTAS))
    filas = ctx.session.scalars(consulta.order_by(Propuesta.puntaje.desc(), Propuesta.id))
    return [(p.id, f"{p.folio} · {p.patron.nombre}{_puntos(p.puntaje)}") for p in filas]


def _puntos(puntaje: int | None) -> str:
    return "" if puntaje is None else f" · {puntaje} puntos"


def _asuntos(ctx: Ctx, vista: Vista) -> list[Opcion]:
    filas = ctx.session.scalars(
        select(Asunto)
        .where(Asunto.sesion_id == vista.fila.sujeto_id, Asunto.estado == EstadoAsunto.LISTADO)
        .order_by(Asunto.orden)
    )
    return [(a.id, f"{a.orden}. {a.propuesta.folio} · {a.propuesta.patron.nombre}") for a in filas]


def _subdelegaciones(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """The other units, those of the same OOAD first."""
    propia = ctx.session.get_one(Subdelegacion, vista.fila.subdelegacion_id)
    cerca = case((Subdelegacion.ooad_id == propia.ooad_id, 0), else_=1)
    filas = ctx.session.scalars(
        select(Subdelegacion).where(Subdelegacion.id != propia.id).order_by(cerca, Subdelegacion.nombre)
    )
    return [(s.id, s.nombre) for s in filas]


def _denuncias(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """Denuncias that look like this one: of the same person (blind index) or of the same employer."""
    denuncia = ctx.session.get(Denuncia, vista.fila.sujeto_id)
    if denuncia is None:
        return []
    parecidas = (denuncia.calificacion or {}).get("sugerencias", {}).get("parecidas", [])
    filas = ctx.session.scalars(
        select(Denuncia)
        .where(
            Denuncia.id != denuncia.id,
            or_(
                Denuncia.id.in_(parecidas),
                (Denuncia.patron_id == denuncia.patron_id)
                & (Denuncia.subdelegacion_id == denuncia.subdelegacion_id),
            ),
        )
        .order_by(case((Denuncia.id.in_(parecidas), 0), else_=1), Denuncia.presentada_en)
        .limit(PATRONES)
    )
    return [(d.id, f"{d.folio} · {_motivos(d)}{_misma(d.id in parecidas)}") for d in filas]


def _motivos(denuncia: Denuncia) -> str:
    return ", ".join(MOTIVOS.get(str(m), str(m)).lower() for m in denuncia.hechos.get("motivos", []))


def _misma(es: bool) -> str:
    return " · parece de la misma persona" if es else ""


def _denuncias_abiertas(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """Those that an act must answer before it ends without observations: by folio, never by name."""
    acto = ctx.session.get(Acto, vista.fila.sujeto_id) if vista.fila.sujeto_tipo == "acto" else None
    if acto is None:
        return []
    return [(d.id, f"{d.folio} · {_motivos(d)}") for d in g_denuncia_abierta(ctx, acto)]


def _comites(ctx: Ctx, vista: Vista) -> list[Opcion]:
    sesion = sesion_de(ctx, vista)
    comite = ctx.session.get(Comite, sesion.comite_id) if sesion is not None else None
    return [(comite.id, comite.nombre)] if comite is not None else []


def _cargas_de_auditores(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """Who could carry the act: auditors of the unit with the acts that each has open."""
    unidad = vista.fila.subdelegacion_id
    actos = ctx.session.scalars(
        select(Acto.auditores).where(Acto.subdelegacion_id == unidad, Acto.estado.in_(ACTOS_ABIERTOS))
    ).all()
    cuenta: dict[int, int] = {}
    for auditor in (a for lista in actos for a in lista):
        cuenta[auditor] = cuenta.get(auditor, 0) + 1
    return [
        (u, f"{nombre.split(',')[0]} · {_actos(cuenta.get(u, 0))}")
        for u, nombre in _personas(ctx, vista, Rol.AUDITOR)
    ]


def _actos(cuantos: int) -> str:
    return f"{cuantos} {'acto abierto' if cuantos == 1 else 'actos abiertos'}"


def _pruebas(ctx: Ctx, vista: Vista) -> list[Opcion]:
    return _documentos(ctx, vista, OrigenDocumento.DENUNCIANTE)


def _anexos(ctx: Ctx, vista: Vista) -> list[Opcion]:
    return _documentos(ctx, vista, OrigenDocumento.INTERNO)


def _documentos(ctx: Ctx, vista: Vista, origen: OrigenDocumento) -> list[Opcion]:
    filas: Sequence[Documento] = ctx.session.scalars(
        select(Documento)
        .where(
            Documento.sujeto_tipo == vista.fila.sujeto_tipo,
            Documento.sujeto_id == vista.fila.sujeto_id,
            Documento.origen == origen,
        )
        .order_by(Documento.id)
    ).all()
    return [(d.id, d.nombre) for d in filas]


def _pagos(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """Of the debtor in an enforcement, of the employer in an act."""
    return embargo.pagos(ctx, vista) if vista.fila.sujeto_tipo == "pae" else visita.pagos(ctx, vista)


REFERENCIAS: Mapping[str, Callable[[Ctx, Vista], list[Opcion]]] = {
    "propuesta": _propuestas,
    "asunto": _asuntos,
    "subdelegacion": _subdelegaciones,
    "denuncia": _denuncias,
    "denuncia_abierta": _denuncias_abiertas,
    "comite": _comites,
    "carga": _cargas_de_auditores,
    "prueba": _pruebas,
    "acta": visita.actas,
    "hecho": visita.hechos,
    "pago": _pagos,
    "bien": embargo.bienes,
}
