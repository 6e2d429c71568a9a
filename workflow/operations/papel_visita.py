"""What the papers of a visit say, built from its rows and the form at hand (hechos §7; CFF 38, 44, 46)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from models.acta import HechoObservado, ResultadoHecho, TipoActa
from models.acto import Acto
from models.expediente import Expediente
from models.orden import Orden
from models.organizacion import Subdelegacion, Usuario
from models.requerimiento import Requerimiento
from workflow import documents, formularios
from workflow.context import Ctx
from workflow.operations.acta_visita import Momento, ultima
from workflow.operations.firma import CUENTA, firma
from workflow.operations.papel_denuncia import autoridad
from workflow.params.fundamentos import fundamento

A = TypeVar("A", bound=documents.ActaVisita)
FOLDER = "visita_domiciliaria"


def acta(
    ctx: Ctx,
    tipo: type[A],
    acto: Acto,
    orden: Orden,
    numero: int,
    cuando: Momento,
    form: Mapping[str, Any],
    *,
    lugar: str,
    hechos: str,
    visitadores: Iterable[documents.Visitador] = (),
    fotos: Iterable[Mapping[str, Any]] = (),
    observados: Iterable[HechoObservado] = (),
    **propio: Any,
) -> A:
    """An acta of that type. `propio`: what only that kind says."""
    return tipo(
        **_bloque(ctx, acto, orden, "acta_visita", "Hacer constar lo que ocurre en la visita."),
        acto=acto.folio,
        orden=orden.folio,
        numero=numero,
        inicio=cuando.inicio,
        fin=cuando.fin,
        lugar_visita=lugar,
        habilitacion=str(form.get("habilitacion") or ""),
        persona=str(form.get("persona") or form.get("atiende") or ""),
        caracter=str(form.get("caracter") or ""),
        identificacion=str(form.get("identificacion") or ""),
        hechos=hechos,
        visitadores=tuple(visitadores) or (_quien_levanta(ctx, acto),),
        testigos=tuple(_testigo(fila) for fila in form.get("testigos") or ()),
        comparecen=tuple(_comparece(fila, cuando) for fila in form.get("firmas") or ()) or _solo(ctx),
        huellas=tuple(str(foto["sha256"]) for foto in fotos if foto.get("sha256")),
        observados=tuple(hecho_de(fila) for fila in observados),
        **propio,
    )


def _bloque(
    ctx: Ctx, acto: Acto, orden: Orden, clave: str, objeto: str, dada: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The block of CFF 38."""
    unidad = ctx.session.get_one(Subdelegacion, acto.subdelegacion_id)
    return {
        "expediente": ctx.session.get_one(Expediente, acto.expediente_id).folio,
        "autoridad": autoridad(ctx, unidad),
        "destinatario": documents.Destinatario(
            nombre=orden.nombre_visitado or acto.patron.nombre, domicilio=acto.patron.domicilio
        ),
        "fundamento": (fundamento(clave).texto,),
        "motivo": f"Se lleva a cabo la visita que manda la orden {orden.folio}.",
        "objeto": objeto,
        "firma": firma(ctx, dada or CUENTA),
    }


def quien_visita(ctx: Ctx, usuario_id: int | None = None, **credencial: Any) -> documents.Visitador:
    """A visitador by name; whoever acts when nobody else is said."""
    persona = ctx.session.get(Usuario, usuario_id or ctx.actor.usuario_id)
    return documents.Visitador(nombre=persona.nombre if persona else "", **credencial)


def _quien_levanta(ctx: Ctx, acto: Acto) -> documents.Visitador:
    """Whoever acts, with the credential that she showed when the visit began."""
    inicio = ultima(ctx, acto, TipoActa.INICIO)
    filas = inicio.datos.get("identificacion_visitadores", []) if inicio is not None else []
    suya = [fila for fila in filas if int(fila["visitador"]) == ctx.actor.usuario_id]
    return next(iter(identificados(ctx, suya)), quien_visita(ctx))


def identificados(ctx: Ctx, filas: Iterable[Mapping[str, Any]]) -> list[documents.Visitador]:
    """The visitadores of the acta de inicio with the credential that each showed."""
    return [
        quien_visita(
            ctx,
            int(fila["visitador"]),
            credencial=str(fila["credencial"]),
            vigencia=dt.date.fromisoformat(str(fila["vigencia"])),
        )
        for fila in filas
    ]


def _testigo(fila: Mapping[str, Any]) -> documents.Testigo:
    return documents.Testigo(
        nombre=str(fila["nombre"]),
        identificacion=str(fila["identificacion"]),
        domicilio=str(fila["domicilio"]),
        designo="La persona visitada" if fila["designa"] == "visitado" else "Los visitadores",
    )


def _comparece(fila: Mapping[str, Any], cuando: Momento) -> documents.Firma:
    firmo = fila["firma"] == "firmo"
    return documents.Firma(
        nombre=str(fila["quien"]),
        cargo="Comparece",
        modo=documents.ModoFirma.AUTOGRAFA if firmo else documents.ModoFirma.NEGADA,
        instante=cuando.fin,
        nota=str(fila.get("negativa") or ""),
    )


def _solo(ctx: Ctx) -> tuple[documents.Firma, ...]:
    """Where nobody of the visited signs (she opposed): only whoever draws it."""
    return (firma(ctx, CUENTA),)


def hecho_de(fila: HechoObservado) -> documents.HechoActa:
    """A fact as the actas print it."""
    return documents.HechoActa(
        numero=fila.numero,
        hecho=fila.hecho,
        norma=fila.norma,
        periodo=documents.Periodo(desde=fila.periodo_desde, hasta=fila.periodo_hasta),
        trabajadores=fila.trabajadores,
        monto=fila.monto,
        resultado="" if fila.resultado is ResultadoHecho.POR_VALORAR else fila.resultado.etiqueta,
        razon=fila.razon,
    )


def citatorio(
    ctx: Ctx,
    acto: Acto,
    orden: Orden,
    *,
    dejado: dt.datetime,
    con: str,
    recibe: str,
    cita: dt.datetime,
    para: str,
    articulo: str,
) -> documents.CitatorioVisita:
    """The hour at which the visited is to wait."""
    return documents.CitatorioVisita(
        **_bloque(ctx, acto, orden, "citatorio_visita", para),
        acto=acto.folio,
        orden=orden.folio,
        dejado_en=dejado,
        dejado_con=con,
        recibe=recibe,
        cita=cita,
        para=para,
        articulo=articulo,
    )


def reposicion(
    ctx: Ctx, acto: Acto, orden: Orden, desde: str, form: Mapping[str, Any]
) -> documents.OficioReposicion:
    """From which acta the procedure is done again, and why."""
    bloque = _bloque(ctx, acto, orden, "oficio_reposicion", "Reponer el procedimiento.", form["oficio"])
    return documents.OficioReposicion(
        **bloque,
        acto=acto.folio,
        orden=orden.folio,
        cuerpo=f"Se repone el procedimiento desde: {desde}.\n{form['razon']}",
    )


def correccion(
    ctx: Ctx, acto: Acto, orden: Orden, form: Mapping[str, Any], pagos: Iterable[str]
) -> documents.ConstanciaCorreccion:
    """What was corrected: payments by folio; avisos only by how many of each kind."""
    objeto = "Recibir la corrección presentada durante la visita."
    etiquetas = formularios.cargar(FOLDER, "recibir_correccion").etiquetas().get("avisos.tipo", {})
    avisos: dict[str, int] = {}
    for fila in form.get("avisos") or ():
        avisos[str(fila["tipo"])] = avisos.get(str(fila["tipo"]), 0) + 1
    return documents.ConstanciaCorreccion(
        **_bloque(ctx, acto, orden, "constancia_correccion", objeto, form["constancia"]),
        acto=acto.folio,
        orden=orden.folio,
        cuerpo=str(form["resumen"]),
        renglones=(
            *(f"Pago {folio}" for folio in pagos),
            *(
                f"Avisos de {etiquetas.get(tipo, tipo).lower()}: {cuantos}"
                for tipo, cuantos in avisos.items()
            ),
        ),
    )


def requerimiento(
    ctx: Ctx,
    acto: Acto,
    orden: Orden,
    fila: Requerimiento,
    plazo: str,
    consecuencia: str,
    dada: Mapping[str, Any],
) -> documents.Requerimiento:
    """What is asked, in which term, where."""
    return documents.Requerimiento(
        **_bloque(ctx, acto, orden, "requerimiento", "Requerir datos, informes o documentos.", dada),
        requerimiento=fila.folio,
        acto=acto.folio,
        documentos=tuple(str(una) for una in fila.documentos),
        plazo=plazo,
        entrega=fila.lugar,
        consecuencia=consecuencia,
    )
