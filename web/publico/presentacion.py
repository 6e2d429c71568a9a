"""Check answers, file the denuncia, and the acuse with the key that is shown once."""

from __future__ import annotations

from typing import Any

from flask import Response as Descarga
from flask import abort, flash, redirect, render_template, request, url_for

from web.ctx import contexto
from web.extensions import limiter
from web.publico import asistente, bp, resumen, sesion_publica
from web.publico.denuncia import Vista, respuestas_guardadas
from web.publico.preguntas import GRUPOS
from workflow.actions import borrador, denuncia
from workflow.queries import acuse as acuses

FALTA_PROTESTA = "Marca la casilla para presentar: nos dices que es verdad."


def _pagina(respuestas: dict[str, Any], errores: dict[str, str]) -> str:
    return render_template(
        "publico/revisar.html",
        grupos=resumen.grupos(respuestas),
        sugerencia=resumen.sugerencia(respuestas),
        avance=asistente.avance(respuestas, len(GRUPOS) - 1),
        paso=len(GRUPOS),
        grupo=GRUPOS[-1],
        errores=errores,
    )


@bp.get("/denuncia/revisar")
def revisar() -> Vista:
    """Everything she told, with a way to change each answer."""
    respuestas = respuestas_guardadas()
    if not respuestas:
        return redirect(url_for("publico.filtro"), 303)
    if falta := asistente.pendiente(respuestas):
        return redirect(url_for("publico.paso", clave=falta.clave), 303)
    return _pagina(respuestas, {})


@bp.post("/denuncia/presentar")
@limiter.limit("10/hour")
def presentar() -> Vista:
    """File it. The draft's code is the idempotency key: a second click finds the same folio."""
    token = sesion_publica.borrador()
    if token is None:
        return redirect(url_for("publico.filtro"), 303)
    if borrador.presentada(contexto(), token) is None:
        respuestas = respuestas_guardadas()
        if not respuestas:
            return redirect(url_for("publico.filtro"), 303)
        if falta := asistente.pendiente(respuestas):
            return redirect(url_for("publico.paso", clave=falta.clave), 303)
        if request.form.get("protesta") != "si":
            return _pagina(respuestas, {"protesta": FALTA_PROTESTA}), 422
        denuncia.presentar(contexto(), token, token)
    return redirect(url_for("publico.acuse"), 303)


@bp.get("/denuncia/acuse")
def acuse() -> Vista:
    """Folio, key (until she says that she kept it), what comes next with its dates."""
    token = sesion_publica.borrador()
    hecha = borrador.presentada(contexto(), token) if token else None
    if hecha is None:
        return redirect(url_for("publico.seguimiento"), 303)
    return render_template(
        "publico/acuse.html",
        acuse=acuses.de_folio(contexto(), hecha.folio),
        clave=hecha.clave,
    )


@bp.post("/denuncia/acuse/guardada")
def clave_guardada() -> Vista:
    """She kept the key: forget it for ever and open her mailbox."""
    token = sesion_publica.borrador()
    if token is None:
        return redirect(url_for("publico.seguimiento"), 303)
    denuncia_id = borrador.olvidar_clave(contexto(), token)
    sesion_publica.cerrar_borrador()
    sesion_publica.abrir_buzon(denuncia_id)
    return redirect(url_for("publico.caso"), 303)


@bp.get("/denuncia/acuse.pdf")
def acuse_pdf() -> Vista:
    """The acuse of the denuncia filed in this browser, or of the open mailbox."""
    token, denuncia_id = sesion_publica.borrador(), sesion_publica.buzon()
    hecha = borrador.presentada(contexto(), token) if token else None
    if hecha is not None:
        denuncia_id = hecha.denuncia_id
    if denuncia_id is None:
        abort(404)
    documento = acuses.pdf(contexto(), denuncia_id)
    if documento is None:
        flash("Tu acuse se está preparando. Intenta de nuevo en un minuto.", "aviso")
        return redirect(url_for("publico.acuse" if hecha else "publico.caso"), 303)
    nombre = f"acuse-{documento.folio}.pdf"
    cabezas = {
        "Content-Disposition": f'attachment; filename="{nombre}"',
        "Cache-Control": "no-store",
    }
    return Descarga(documento.datos, mimetype="application/pdf", headers=cabezas)
