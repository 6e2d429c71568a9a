"""What the documents of a denuncia say, built from its rows. The denouncer is named by folio only (LSS 22)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.denuncia import CausaCierre, Denuncia
from models.organizacion import Subdelegacion, Usuario
from models.patron import Patron
from workflow import documents
from workflow.context import Ctx
from workflow.operations import presuntivo
from workflow.operations.firma import CUENTA, firma
from workflow.params.contacto import telefono_ayuda
from workflow.params.fundamentos import fundamento
from workflow.params.loader import plazo as termino

MOTIVOS = {
    "sin_inscripcion": "Sin inscripción",
    "salario_menor": "Salario menor al real",
    "fecha_posterior": "Fecha de ingreso posterior",
    "negativa_baja": "Negativa a presentar la baja",
    "otro": "Otro motivo",
}
FALTANTES = {
    "identificacion": "Una identificación tuya",
    "periodo": "Desde cuándo y hasta cuándo pasó",
    "salario": "Cuánto ganabas",
    "lugar": "Dónde trabajas o trabajaste",
    "pruebas": "Alguna prueba de tu trabajo",
    "otro": "Otro dato",
}
AUTORIDADES = {
    "stps": "Secretaría del Trabajo y Previsión Social",
    "profedet": "Procuraduría Federal de la Defensa del Trabajo",
    "sat": "Servicio de Administración Tributaria",
    "infonavit": "INFONAVIT",
    "otra": "Otra autoridad",
}


def unidad_de(unidad: Subdelegacion) -> str:
    """The unit as documents name it."""
    return f"{unidad.nombre}, {unidad.ooad.nombre}"


def autoridad(ctx: Ctx, unidad: Subdelegacion) -> documents.Autoridad:
    """The issuing authority: whoever acts, in her unit (CFF 38-II)."""
    persona = ctx.session.get(Usuario, ctx.actor.usuario_id) if ctx.actor.usuario_id else None
    return documents.Autoridad(
        dependencia=unidad_de(unidad),
        nombre=persona.nombre if persona else unidad.nombre,
        cargo=persona.cargo if persona else "Departamento de Auditoría a Patrones",
        competencia=fundamento("competencia_subdelegacion").texto,
        lugar=unidad.nombre,
    )


def _oficio(ctx: Ctx, denuncia: Denuncia, clave: str, motivo: str, objeto: str, dada: Any) -> dict[str, Any]:
    """The block of CFF 38 that every oficio to the denouncer shares."""
    return {
        "expediente": denuncia.expediente.folio,
        "autoridad": autoridad(ctx, denuncia.subdelegacion),
        "destinatario": documents.denunciante(denuncia.folio),
        "fundamento": (fundamento(clave).texto,),
        "motivo": motivo,
        "objeto": objeto,
        "firma": firma(ctx, dada),
    }


def oficio_respuesta(
    ctx: Ctx, denuncia: Denuncia, form: Mapping[str, Any], buzon_hasta: dt.date, semanas: int | None
) -> documents.OficioRespuesta:
    """The answer by cause: fixed sentence, result for her record, remedies and how to file again.

    `semanas`: what the ledger of restitution recognised, never what a form says.
    """
    causa = denuncia.causa_cierre or CausaCierre.OTRA
    return documents.OficioRespuesta(
        **_oficio(
            ctx,
            denuncia,
            "oficio_respuesta",
            documents.frase_de(causa),
            f"Comunicar el resultado de la denuncia con folio {denuncia.folio}.",
            form.get("oficio"),
        ),
        causa=causa,
        resultado=documents.frase_de(causa),
        semanas=semanas,
        autoridad_destino=AUTORIDADES.get(causa.value, ""),
        texto_adicional=str(form.get("texto_adicional") or ""),
        remedios=_remedios(),
        buzon_hasta=buzon_hasta,
        telefono_ayuda=telefono_ayuda(),
    )


def _remedios() -> tuple[documents.Remedio, ...]:
    inconformidad, queja = fundamento("remedio_inconformidad"), fundamento("remedio_queja")
    plazo = termino("inconformidad")
    return (
        documents.Remedio(
            nombre=inconformidad.texto,
            ante="Consejo Consultivo",
            plazo=f"{plazo.descripcion} desde que surte efectos este oficio",
            fundamento=inconformidad.cita,
        ),
        documents.Remedio(
            nombre=queja.texto,
            ante="Órgano Interno de Control en el IMSS",
            plazo="En cualquier momento",
            fundamento=queja.cita,
        ),
    )


def oficio_prevencion(
    ctx: Ctx, denuncia: Denuncia, faltantes: list[str], mensaje: str, limite: dt.date
) -> documents.OficioPrevencion:
    """What we ask her for, in plain words, and until when."""
    plazo = termino("info_denunciante")
    return documents.OficioPrevencion(
        **_oficio(
            ctx,
            denuncia,
            "oficio_prevencion",
            "Para seguir con la denuncia hace falta información que sólo la persona denunciante tiene.",
            "Pedir la información que falta.",
            None,
        ),
        faltantes=tuple(FALTANTES[clave] for clave in faltantes),
        mensaje=mensaje,
        plazo=f"{plazo.longitud} días hábiles desde que recibes este mensaje en tu buzón",
        limite=limite,
        telefono_ayuda=telefono_ayuda(),
    )


def oficio_turno(ctx: Ctx, denuncia: Denuncia, form: Mapping[str, Any]) -> documents.OficioTurno:
    """Sends the matter to the authority that can attend it; shares only what she allowed."""
    compartidos = set(form.get("datos_compartidos") or [])
    bloque = _oficio(
        ctx,
        denuncia,
        "oficio_turno",
        str((denuncia.calificacion or {}).get("motivo") or "Los hechos corresponden a otra autoridad."),
        f"Turnar el asunto con folio {denuncia.folio}.",
        form.get("oficio"),
    )
    bloque["destinatario"] = documents.Destinatario(nombre=AUTORIDADES[str(form["autoridad"])])
    return documents.OficioTurno(
        **bloque,
        asunto=f"Se turna la denuncia con folio {denuncia.folio}",
        resumen_sin_identidad=_resumen(denuncia),
        consentimiento=bool(form["consentimiento"]),
        comparte_identidad="identidad" in compartidos,
        comparte_hechos="hechos" in compartidos,
        comparte_pruebas="pruebas" in compartidos,
    )


def _resumen(denuncia: Denuncia) -> str:
    motivos = [MOTIVOS.get(str(motivo), str(motivo)) for motivo in denuncia.hechos.get("motivos", [])]
    return "Motivos que se señalaron: " + (", ".join(motivos).lower() or "sin precisar") + "."


def patron_de(patron: Patron | None) -> documents.PatronDocumento:
    """The employer as documents name it."""
    if patron is None:
        return documents.PatronDocumento(nombre="Patrón por confirmar")
    return documents.PatronDocumento(
        nombre=patron.nombre,
        rfc=patron.rfc or "",
        registros=(patron.registro_patronal,),
        sector=patron.giro,
        domicilio=patron.domicilio,
    )


def periodo(dato: Mapping[str, Any] | None) -> documents.Periodo:
    """A period of a form. Without a start the first day that the calendar can name would be a lie: it is refused."""
    datos = dato or {}
    hasta = datos.get("hasta")
    return documents.Periodo(
        desde=dt.date.fromisoformat(str(datos["desde"])),
        hasta=dt.date.fromisoformat(str(hasta)) if hasta else None,
    )


def _dinero(dato: Any) -> Decimal | None:
    return Decimal(str(dato)) if dato not in (None, "") else None


def dictamen(
    ctx: Ctx, denuncia: Denuncia, form: Mapping[str, Any], etiquetas: Mapping[str, Mapping[str, str]]
) -> documents.DictamenAnalisis:
    """Facts, norm, evidence, crosses and proposal (S1 7.1.2-12). `etiquetas`: option labels of the form."""

    def decir(campo: str, valor: Any) -> str:
        return etiquetas.get(campo, {}).get(str(valor), str(valor))

    estimado = presuntivo.de_hechos(ctx, [form["hechos"]], denuncia.patron)
    return documents.DictamenAnalisis(
        expediente=denuncia.expediente.folio,
        unidad=unidad_de(denuncia.subdelegacion),
        lugar=denuncia.subdelegacion.nombre,
        patron=patron_de(denuncia.patron),
        resumen_sin_identidad=str(form["resumen_sin_identidad"]),
        hechos=tuple(
            documents.Hecho(
                motivo=MOTIVOS.get(str(fila["motivo"]), str(fila["motivo"])),
                periodo=periodo(fila["periodo"]),
                salario_real=_dinero(fila.get("salario_real")),
                salario_registrado=_dinero(fila.get("salario_registrado")),
                resultado=str(fila["resultado"]).replace("_", " ").capitalize(),
            )
            for fila in form["hechos"]
        ),
        normas=tuple(
            f"LSS {norma}" if norma != "otro" else "Otra norma" for norma in form["norma_incumplida"]
        ),
        pruebas=tuple(
            documents.PruebaValorada(prueba=f"Prueba {numero}", valor=str(fila["valor"]).capitalize())
            for numero, fila in enumerate(form.get("pruebas_valoradas") or [], 1)
        ),
        cruces=tuple(decir("cruces", cruce) for cruce in form["cruces"]),
        hallazgo_cruces=str(form["hallazgo_cruces"]),
        monto_presuntivo=estimado.monto,
        base_monto=estimado.explicacion,
        trabajadores_afectados=int(form["trabajadores_afectados"]),
        riesgo_identificacion=decir("riesgo_identificacion", form["riesgo_identificacion"]),
        presuncion=decir("presuncion", form["presuncion"]),
        propuesta=decir("acto_sugerido", form.get("acto_sugerido") or "") or "Sin acto sugerido",
        firmas=(firma(ctx, CUENTA),),
    )
