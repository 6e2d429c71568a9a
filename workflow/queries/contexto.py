"""What stands beside a task: the case in brief, its evidence and what happened last. Never who denounced."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import func, select

from models.comite import Asistencia, Asunto, Mocion, Sesion, Voto
from models.denuncia import Denuncia, EstadoDenuncia
from models.documento import Documento, OrigenDocumento
from models.patron import Patron
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations.papel_denuncia import MOTIVOS
from workflow.operations.propuesta import contar_denuncias
from workflow.queries import expediente, linea, notificacion, resumen
from workflow.queries.resumen import PERSONA, Renglon
from workflow.queries.tarea import Vista
from workflow.queries.visible import visible_to

ULTIMOS = 5
E = EstadoDenuncia
CAMINO = (
    ("Recepción", (E.RECIBIDA, E.SIN_IDENTIFICAR)),
    ("Calificación", (E.ASIGNADA, E.EN_CALIFICACION, E.INCOMPLETA)),
    ("Análisis", (E.EN_ANALISIS,)),
    ("Comité", (E.EN_PROGRAMACION,)),
    ("Auditoría", (E.EN_ACTO,)),
    ("Restitución", (E.POR_RESTITUIR,)),
)


@dataclass(frozen=True)
class Prueba:
    """A document of the case. `de_ella`: the denouncer brought it."""

    id: int
    nombre: str
    tipo: str
    de_ella: bool


@dataclass(frozen=True)
class Contexto:
    """The case beside the task. `folio`: of the case page, empty when she may not open it."""

    breve: tuple[Renglon, ...] = ()
    hechos: tuple[Renglon, ...] = ()
    relato: str = ""
    documentos: tuple[Prueba, ...] = ()
    sucesos: tuple[linea.Suceso, ...] = ()
    folio: str = ""
    patron: Patron | None = None
    denuncia_id: int | None = None
    identificada: bool = False
    resumenes: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)


def de(ctx: Ctx, vista: Vista) -> Contexto:
    """The context of a task; empty where she may not see the case itself."""
    fila = vista.fila
    lector = {
        "denuncia": _denuncia,
        "propuesta": _propuesta,
        "sesion": _sesion,
        "asunto": _asunto,
        **dict.fromkeys(("acto", "credito", "pae"), _segunda_mitad),
    }
    leer = lector.get(fila.sujeto_tipo)
    caso = leer(ctx, vista) if leer else Contexto()
    # Whoever serves a document reads first what it is, to whom and where.
    suyos = notificacion.renglones(ctx, vista)
    return replace(caso, breve=(*suyos, *caso.breve)) if suyos else caso


def _denuncia(ctx: Ctx, vista: Vista) -> Contexto:
    d = ctx.session.scalar(
        select(Denuncia).where(Denuncia.id == vista.fila.sujeto_id, visible_to(ctx.actor, Denuncia))
    )
    if d is None:
        return Contexto()
    todos = resumen.hechos(d)
    relato = next((r.valor for r in todos if r.rotulo == resumen.HECHOS["relato"][0]), "")
    motivos = [MOTIVOS.get(str(m), str(m)) for m in d.hechos.get("motivos", [])]
    del_patron = _del_patron(ctx, d)
    breve = [
        Renglon("Motivos", ", ".join(motivos)),
        Renglon(
            "Patrón", _patron(d.patron) or f"{d.hechos.get('patron_nombre') or 'Por confirmar'} (según dice)"
        ),
        Renglon("Denunciante", PERSONA if d.identificada else f"{PERSONA}, sin identificar"),
        Renglon("Presentada", d.presentada_en, "instante"),
        Renglon("Dónde va", _donde_va(d)),
        Renglon("Relacionadas", f"{del_patron} más del mismo patrón" if del_patron else "Ninguna abierta"),
    ]
    return Contexto(
        breve=tuple(breve),
        hechos=tuple(r for r in todos if r.clase != "parrafo" and r.rotulo != "Motivos"),
        relato=str(relato or ""),
        documentos=_documentos(ctx, "denuncia", d.id),
        sucesos=_sucesos(ctx, vista),
        folio=d.folio,
        patron=d.patron,
        denuncia_id=d.id,
        identificada=d.identificada,
    )


def _donde_va(d: Denuncia) -> str:
    """The stage of the case and the one that follows, in words."""
    for lugar, (nombre, estados) in enumerate(CAMINO, 1):
        if d.estado in estados:
            sigue = f"; sigue {CAMINO[lugar][0].lower()}" if lugar < len(CAMINO) else ""
            return f"{nombre}, etapa {lugar} de {len(CAMINO)}{sigue}"
    return d.estado.etiqueta


def _patron(patron: Patron | None) -> str:
    return f"{patron.nombre} · {patron.registro_patronal}" if patron else ""


def _del_patron(ctx: Ctx, d: Denuncia) -> int:
    if d.patron_id is None:
        return 0
    consulta = select(func.count(Denuncia.id)).where(
        Denuncia.patron_id == d.patron_id,
        Denuncia.id != d.id,
        Denuncia.causa_cierre.is_(None),
        Denuncia.subdelegacion_id == d.subdelegacion_id,
    )
    return ctx.session.scalar(consulta) or 0


def _propuesta(ctx: Ctx, vista: Vista) -> Contexto:
    p = _visible(ctx, Propuesta, vista.fila.sujeto_id)
    return Contexto() if p is None else _de_propuesta(ctx, vista, p, vista.fila.sujeto_tipo)


def _de_propuesta(ctx: Ctx, vista: Vista, p: Propuesta, tipo: str) -> Contexto:
    cuantas = contar_denuncias(ctx, p.id)
    analisis = ctx.session.scalars(
        select(Denuncia.analisis).where(Denuncia.propuesta_id == p.id).order_by(Denuncia.id)
    )
    textos = [str((a or {}).get("resumen_sin_identidad") or "") for a in analisis]
    breve = [
        Renglon("Propuesta", p.folio),
        Renglon("Patrón", _patron(p.patron)),
        Renglon("Giro", p.patron.giro),
        Renglon("Acto que se propone", p.acto.etiqueta if p.acto else "Sin definir"),
        Renglon("Denuncias", f"{cuantas}" if cuantas else "Ninguna"),
        Renglon("Riesgo", f"{p.puntaje} de 100" if p.puntaje is not None else ""),
        Renglon("Estado", p.estado.etiqueta),
    ]
    documentos = _documentos(ctx, "propuesta", p.id)
    return Contexto(
        breve=tuple(r for r in breve if r.valor),
        documentos=documentos,
        sucesos=_sucesos(ctx, vista) if tipo == "propuesta" else (),
        folio=p.folio,
        patron=p.patron,
        resumenes=tuple(t for t in textos if t),
        extra={"riesgo": resumen.riesgo(p)},
    )


def _sesion(ctx: Ctx, vista: Vista) -> Contexto:
    s = _visible(ctx, Sesion, vista.fila.sujeto_id)
    if s is None:
        return Contexto()
    asientos = ctx.session.scalars(select(Asistencia).where(Asistencia.sesion_id == s.id)).all()
    presentes = sum(a.presente for a in asientos)
    breve = [
        Renglon("Sesión", s.folio),
        Renglon("Comité", s.comite.nombre),
        Renglon("Tipo", s.tipo.etiqueta if s.tipo else ""),
        Renglon("Cuándo", s.fecha_hora, "instante"),
        Renglon("Lugar", s.lugar),
        Renglon("Presentes", f"{presentes} de {len(asientos)} asientos" if s.instalada_en else ""),
        Renglon("Estado", s.estado.etiqueta),
    ]
    orden = [
        f"{a.orden}. {a.propuesta.folio} · {a.propuesta.patron.nombre}: {a.estado.etiqueta}"
        for a in s.asuntos
    ]
    return Contexto(
        breve=tuple(r for r in breve if r.valor),
        documentos=_documentos(ctx, "sesion", s.id),
        sucesos=_sucesos(ctx, vista),
        extra={"orden": orden, "sesion": s.folio},
    )


def _asunto(ctx: Ctx, vista: Vista) -> Contexto:
    a = _visible(ctx, Asunto, vista.fila.sujeto_id)
    if a is None:
        return Contexto()
    contexto = _de_propuesta(ctx, vista, a.propuesta, "asunto")
    mocion = ctx.session.scalars(
        select(Mocion).where(Mocion.asunto_id == a.id).order_by(Mocion.numero.desc()).limit(1)
    ).first()
    breve = [Renglon("Sesión", a.sesion.folio), Renglon("Asunto", f"{a.orden} del orden del día")]
    if mocion is not None:
        votos = ctx.session.scalar(select(func.count(Voto.id)).where(Voto.mocion_id == mocion.id)) or 0
        alterno = f": {mocion.acto_alterno.etiqueta}" if mocion.acto_alterno else ""
        breve.append(Renglon("Moción", f"{mocion.tipo.etiqueta}{alterno}"))
        breve.append(Renglon("Votación", f"Han votado {votos} de {len(mocion.asientos)}"))
        if mocion.resultado:
            breve.append(Renglon("Resultado", mocion.resultado.replace("_", " ").capitalize()))
    extra = contexto.extra | {"sesion": a.sesion.folio, "acuerdo": a.acuerdo.texto if a.acuerdo else ""}
    return Contexto(
        breve=(*breve, *contexto.breve),
        documentos=(*contexto.documentos, *_documentos(ctx, "asunto", a.id)),
        folio=contexto.folio if _visible(ctx, Propuesta, a.propuesta_id) else "",
        patron=contexto.patron,
        resumenes=contexto.resumenes,
        extra=extra,
    )


def _segunda_mitad(ctx: Ctx, vista: Vista) -> Contexto:
    """An act, a credit or an enforcement: whose it is, where, and what its own page says of it."""
    try:
        caso = expediente.abrir(ctx, vista.fila.folio)
    except NoEncontrado:
        return Contexto()
    patron = ctx.session.get_one(Patron, caso.fila.patron_id)
    lugar = f"{patron.domicilio}, C.P. {patron.codigo_postal}" if patron.domicilio else ""
    breve = (Renglon("Patrón", _patron(patron)), Renglon("Domicilio", lugar), *resumen.resumen(ctx, caso))
    return Contexto(
        breve=tuple(r for r in breve if r.valor),
        documentos=_documentos(ctx, vista.fila.sujeto_tipo, vista.fila.sujeto_id),
        sucesos=_sucesos(ctx, vista),
        folio=caso.folio,
        patron=patron,
    )


def _visible(ctx: Ctx, modelo: Any, numero: int) -> Any:
    return ctx.session.scalar(select(modelo).where(modelo.id == numero, visible_to(ctx.actor, modelo)))


def _documentos(ctx: Ctx, tipo: str, numero: int) -> tuple[Prueba, ...]:
    filas = ctx.session.scalars(
        select(Documento)
        .where(Documento.sujeto_tipo == tipo, Documento.sujeto_id == numero, visible_to(ctx.actor, Documento))
        .order_by(Documento.id)
    )
    return tuple(
        Prueba(
            f.id,
            f.nombre if f.origen is not OrigenDocumento.EMITIDO else f.titulo,
            f.tipo,
            f.origen is OrigenDocumento.DENUNCIANTE,
        )
        for f in filas
    )


def _sucesos(ctx: Ctx, vista: Vista) -> tuple[linea.Suceso, ...]:
    meses = linea.de(ctx, vista.sujeto, tanda=ULTIMOS).meses
    return tuple(s for mes in meses for s in mes.sucesos)[:ULTIMOS]
