"""A draft becomes a denuncia: facts apart from identity, folio, key, acuse (procesos §2; LSS 22, 297)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from models.denuncia import Canal, Denuncia, MensajeBuzon
from models.documento import Documento, OrigenDocumento
from models.identidad import Identidad
from models.organizacion import Subdelegacion, Territorio
from models.patron import Patron
from workflow import documents
from workflow.adapters import clave as claves
from workflow.context import Ctx
from workflow.errors import DatoInvalido, FaltaConfiguracion
from workflow.operations import aviso, plazo
from workflow.operations import expediente as expedientes
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.folio import siguiente
from workflow.operations.papel_denuncia import unidad_de
from workflow.operations.sujeto import de_denuncia
from workflow.params.contacto import telefono_ayuda
from workflow.params.loader import plazo as termino
from workflow.rules import folios, plazos

PRUEBA = "Prueba aportada"
# What says who she is or how to find her: goes to the vault, and nowhere else.
IDENTIDAD = (
    "tipo",
    "nombre",
    "primer_apellido",
    "segundo_apellido",
    "curp",
    "nss",
    "relacion",
    "nombre_trabajador",
    "canal",
    "correo",
    "telefono",
    "horario_seguro",
)
# Answers -> facts of the case. Whatever is not listed (the draft's own bookkeeping) is not kept.
HECHOS = {
    "motivos": "motivos",
    "fecha_inicio": "periodo_desde",
    "fecha_fin": "periodo_hasta",
    "fecha_registrada": "fecha_registrada",
    "fecha_aproximada": "fecha_aproximada",
    "sigue_trabajando": "sigue_trabajando",
    "relato": "relato",
    "salario_monto": "salario_monto",
    "salario_periodo": "salario_periodo",
    "salario_registrado": "salario_registrado",
    "forma_pago": "forma_pago",
    "puesto": "puesto",
    "horario": "horario",
    "registro_patronal": "patron_registro",
    "rfc_patron": "patron_rfc",
    "nombre_patron": "patron_nombre",
    "giro": "patron_giro",
    "domicilio": "lugar_domicilio",
    "colonia": "lugar_colonia",
    "cp": "lugar_cp",
    "municipio": "lugar_municipio",
    "entidad": "lugar_entidad",
    "referencias": "lugar_referencias",
    "personas": "personas",
    "subcontratado": "subcontratado",
    "que_muestran": "que_muestran",
    # What she agreed to: sealed by the digest with the rest.
    "reservar_identidad": "reservar_identidad",
    "aviso_privacidad": "aviso_privacidad",
}


def registrar(ctx: Ctx, respuestas: Mapping[str, Any], canal: Canal) -> tuple[Denuncia, str]:
    """Write the denuncia, its identity apart, its file; returns it with the secret key, which is kept nowhere.

    `presentada_en` is `ctx.now`: the instant from which the law reckons. Raises DatoInvalido without motives.
    """
    hechos = {destino: respuestas[origen] for origen, destino in HECHOS.items() if respuestas.get(origen)}
    if not hechos.get("motivos"):
        raise DatoInvalido(
            "Falta decir qué pasó. Vuelve a la primera pregunta.", {"motivos": "Elige al menos uno."}
        )
    patron = _patron(ctx, hechos)
    unidad_id = patron.subdelegacion_id if patron else competente(ctx, str(hechos.get("lugar_cp") or ""))
    expediente = expedientes.abrir(ctx, unidad_id, patron.id if patron else None)
    clave = folios.clave_secreta(secrets.token_bytes(32))
    persona = {campo: respuestas[campo] for campo in IDENTIDAD if respuestas.get(campo)}
    denuncia = Denuncia(
        folio=siguiente(ctx, "DEN"),
        canal=canal,
        presentada_en=ctx.now,
        digesto=_digesto(hechos),
        clave_hash=claves.huella(folios.normalizar_clave(clave)),
        identificada=esta_identificada(persona),
        hechos=hechos,
        expediente_id=expediente.id,
        subdelegacion_id=unidad_id,
        patron_id=patron.id if patron else None,
    )
    ctx.session.add(denuncia)
    ctx.session.flush()
    if persona:
        guardar_identidad(ctx, denuncia, persona)
    anotar(ctx, "presentar_denuncia", de_denuncia(denuncia), canal=canal.value, digesto=denuncia.digesto)
    return denuncia, clave


def _patron(ctx: Ctx, hechos: Mapping[str, Any]) -> Patron | None:
    """The employer of the register that she named by its registro patronal; names alone are not proof."""
    registro = str(hechos.get("patron_registro") or "")
    if not registro:
        return None
    # She may have read 10 or 11 characters on her payslip: the last one is the check digit.
    return ctx.session.scalars(
        select(Patron).where(Patron.registro_patronal.in_({registro, registro[:10]})).limit(1)
    ).first()


def competente(ctx: Ctx, codigo_postal: str) -> int:
    """Id of the unit whose territory holds `codigo_postal`; the first unit when nobody claims it."""
    unidad = None
    if codigo_postal:
        unidad = ctx.session.scalar(
            select(Territorio.subdelegacion_id)
            .where(Territorio.cp_desde <= codigo_postal, Territorio.cp_hasta >= codigo_postal)
            .order_by(Territorio.id)
            .limit(1)
        )
    unidad = unidad or ctx.session.scalar(select(Subdelegacion.id).order_by(Subdelegacion.id).limit(1))
    if unidad is None:
        raise FaltaConfiguracion(
            "Todavía no hay oficinas registradas: carga la organización antes de recibir."
        )
    return unidad


def esta_identificada(persona: Mapping[str, Any]) -> bool:
    """A name and an identifier that the institute can check: without them nothing is audited (hechos §0-11)."""
    return bool(
        persona.get("nombre")
        and persona.get("primer_apellido")
        and (persona.get("curp") or persona.get("nss"))
    )


def guardar_identidad(ctx: Ctx, denuncia: Denuncia, persona: Mapping[str, Any]) -> None:
    """Encrypt who she is, with blind indexes for duplicates; completes what she gave before."""
    boveda = ctx.servicios.boveda
    fila = ctx.session.scalar(select(Identidad).where(Identidad.denuncia_id == denuncia.id))
    completa = {**(boveda.descifrar(fila.cifrado) if fila else {}), **persona}
    if fila is None:
        fila = Identidad(denuncia_id=denuncia.id, aportada_en=ctx.now, cifrado=b"")
        ctx.session.add(fila)
    fila.cifrado = boveda.cifrar(completa)
    fila.indice_curp = boveda.indice_ciego("curp", str(completa["curp"])) if completa.get("curp") else None
    fila.indice_nss = boveda.indice_ciego("nss", str(completa["nss"])) if completa.get("nss") else None
    ctx.session.flush()


def agregar_pruebas(ctx: Ctx, denuncia: Denuncia, archivos: list[Any]) -> int:
    """The files of the draft become documents of the denuncia; returns how many."""
    for numero, archivo in enumerate(archivos, cuantas_pruebas(ctx, denuncia) + 1):
        ctx.session.add(
            Documento(
                tipo="evidencia",
                titulo=PRUEBA,
                origen=OrigenDocumento.DENUNCIANTE,
                sujeto_tipo="denuncia",
                sujeto_id=denuncia.id,
                expediente_id=denuncia.expediente_id,
                nombre=nombre_neutro(archivo.nombre, numero),
                mime=archivo.mime,
                tamano=archivo.tamano,
                sha256=archivo.sha256,
                emitido_en=ctx.now,
            )
        )
    ctx.session.flush()
    return len(archivos)


def cuantas_pruebas(ctx: Ctx, denuncia: Denuncia) -> int:
    """Files that she has given so far."""
    consulta = select(func.count(Documento.id)).where(
        Documento.sujeto_tipo == "denuncia",
        Documento.sujeto_id == denuncia.id,
        Documento.tipo == "evidencia",
    )
    return ctx.session.scalar(consulta) or 0


def nombre_neutro(nombre: str, numero: int) -> str:
    """The name under which the house keeps a file of hers: people call a file after themselves (LSS 22)."""
    extension = re.search(r"\.[A-Za-z0-9]{1,5}$", nombre)
    return f"prueba-{numero}{extension.group().lower() if extension else ''}"


def acusar(ctx: Ctx, denuncia: Denuncia, respuestas: Mapping[str, Any], archivos: int) -> Documento:
    """Issue the acuse under the folio of the denuncia and greet her in her mailbox."""
    ctx.session.refresh(denuncia, ["subdelegacion", "expediente"])
    contenido = documents.Acuse(
        presentada_en=denuncia.presentada_en,
        canal=denuncia.canal.etiqueta,
        unidad=unidad_de(denuncia.subdelegacion),
        partes=_partes(denuncia, respuestas, archivos),
        archivos=archivos,
        huella_contenido=denuncia.digesto,
        pasos=_pasos(ctx, denuncia),
        telefono_ayuda=telefono_ayuda(),
        identidad_antes_de=None
        if denuncia.identificada
        else _limite(ctx, "identidad_denunciante", denuncia.subdelegacion_id),
    )
    mensaje = MensajeBuzon(
        denuncia_id=denuncia.id,
        de_denunciante=False,
        tipo="acuse",
        cifrado=ctx.servicios.boveda.cifrar({"texto": "Recibimos tu denuncia. Aquí te avisaremos de todo."}),
        en=ctx.now,
    )
    ctx.session.add(mensaje)
    ctx.session.flush()
    aviso.carta(ctx, denuncia.id, mensaje.tipo, f"carta:{mensaje.id}")
    return emitir(ctx, de_denuncia(denuncia), contenido, folio=denuncia.folio, para_denunciante=True)


def _partes(denuncia: Denuncia, respuestas: Mapping[str, Any], archivos: int) -> tuple[documents.Parte, ...]:
    parte = documents.Parte
    hay = {
        parte.HECHOS: True,
        parte.PATRON: any(clave.startswith(("patron_", "lugar_")) for clave in denuncia.hechos),
        parte.IDENTIDAD: bool(respuestas.get("nombre")),
        parte.CONTACTO: bool(respuestas.get("correo") or respuestas.get("telefono")),
        parte.PRUEBAS: archivos > 0,
        parte.PROTESTA: True,
    }
    return tuple(cual for cual, esta in hay.items() if esta)


def _pasos(ctx: Ctx, denuncia: Denuncia) -> tuple[documents.Paso, ...]:
    unidad = denuncia.subdelegacion_id
    leer = documents.Paso(
        que="Una persona del IMSS va a leerla.", limite=_limite(ctx, "sla_asignacion", unidad)
    )
    if denuncia.identificada:
        return (leer, documents.Paso(que="Te avisaremos en tu buzón cada vez que cambie."))
    decir = documents.Paso(
        que="Dinos quién eres en tu buzón.", limite=_limite(ctx, "identidad_denunciante", unidad)
    )
    return (decir, leer)


def _limite(ctx: Ctx, clave: str, subdelegacion_id: int) -> dt.date:
    return plazos.aplicar(termino(clave), ctx.hoy, plazo.inhabiles(ctx, subdelegacion_id)).vence


def _digesto(hechos: Mapping[str, Any]) -> str:
    texto = json.dumps(hechos, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(texto.encode()).hexdigest()
