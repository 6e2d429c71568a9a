"""What she can do from her mailbox, as data: each is a page with its fields, its words and its action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from web.publico.pregunta import Campo, Pregunta
from web.publico.preguntas_persona import CONTACTO
from workflow.actions import buzon
from workflow.context import Ctx

Hacer = Callable[[Ctx, int, dict[str, Any], Sequence[tuple[str, bytes]]], None]


@dataclass(frozen=True)
class Forma:
    """One page of the mailbox. `hecho`: what she reads afterwards. `grave`: asks with a red button."""

    pregunta: Pregunta
    hacer: Hacer
    boton: str
    hecho: str
    con_archivos: bool = False
    grave: bool = False


def _responder(ctx: Ctx, denuncia_id: int, r: dict[str, Any], archivos: Sequence[tuple[str, bytes]]) -> None:
    buzon.responder(ctx, denuncia_id, r.get("texto", ""), archivos)


def _evidencia(ctx: Ctx, denuncia_id: int, r: dict[str, Any], archivos: Sequence[tuple[str, bytes]]) -> None:
    buzon.aportar_evidencia(ctx, denuncia_id, r.get("texto", ""), archivos)


def _identidad(ctx: Ctx, denuncia_id: int, r: dict[str, Any], _: Sequence[tuple[str, bytes]]) -> None:
    buzon.aportar_identidad(ctx, denuncia_id, r)


def _contacto(ctx: Ctx, denuncia_id: int, r: dict[str, Any], _: Sequence[tuple[str, bytes]]) -> None:
    buzon.cambiar_contacto(ctx, denuncia_id, r)


def _represalia(ctx: Ctx, denuncia_id: int, r: dict[str, Any], _: Sequence[tuple[str, bytes]]) -> None:
    buzon.reportar_represalia(ctx, denuncia_id, r["que_paso"], r.get("texto", ""))


def _desistir(ctx: Ctx, denuncia_id: int, r: dict[str, Any], _: Sequence[tuple[str, bytes]]) -> None:
    buzon.desistir(ctx, denuncia_id, r.get("texto", ""))


def _revisa_contacto(r: Any, _: Any) -> dict[str, str]:
    pedidos = {"sms": "telefono", "correo": "correo"}
    campo = pedidos.get(r.get("canal", ""))
    if campo and not r.get(campo):
        return {campo: "Escribe a dónde te avisamos, o elige «Sólo en mi buzón»."}
    return {}


_TEXTO = Campo("texto", "parrafo", "Tu mensaje", maximo=4000)
_CANAL = CONTACTO[0].campos[0]

FORMAS = {
    "responder": Forma(
        Pregunta("responder", 0, "Responde lo que te pedimos", (_TEXTO,)),
        _responder,
        "Enviar respuesta",
        "Recibimos tu respuesta. Seguimos revisando.",
        con_archivos=True,
    ),
    "evidencia": Forma(
        Pregunta(
            "evidencia",
            0,
            "Agregar pruebas o un mensaje",
            (_TEXTO,),
            entrada="Recibos, gafete, contrato, depósitos, mensajes o fotos en tu lugar de trabajo.",
        ),
        _evidencia,
        "Enviar",
        "Lo recibimos y ya está en tu caso.",
        con_archivos=True,
    ),
    "identidad": Forma(
        Pregunta(
            "identidad",
            0,
            "Tus datos",
            (
                Campo(
                    "nombre",
                    "texto",
                    "Nombre o nombres",
                    falta="Escribe tu nombre.",
                    autocompletar="given-name",
                ),
                Campo(
                    "primer_apellido",
                    "texto",
                    "Primer apellido",
                    falta="Escribe tu primer apellido.",
                    autocompletar="family-name",
                ),
                Campo("segundo_apellido", "texto", "Segundo apellido"),
                Campo(
                    "curp",
                    "curp",
                    "CURP",
                    ayuda="18 letras y números.",
                    falta="Escribe tu CURP. Si no la sabes, búscala en gob.mx/curp.",
                ),
                Campo("nss", "nss", "Número de seguridad social", ayuda="11 números."),
            ),
            entrada="Se guardan aparte y cifrados. Tu patrón no los verá.",
        ),
        _identidad,
        "Guardar mis datos",
        "Guardamos tus datos. Tu patrón no los verá.",
    ),
    "nss": Forma(
        Pregunta(
            "nss",
            0,
            "Tu número de seguridad social",
            (
                Campo(
                    "nss",
                    "nss",
                    "Número de seguridad social",
                    ayuda="11 números. Está en tu recibo de nómina o en tu cartilla.",
                    falta="Escribe tu número de seguridad social, 11 números.",
                ),
            ),
            entrada="Con él encontramos más rápido tus movimientos.",
        ),
        _identidad,
        "Guardar mi número",
        "Guardamos tu número. Gracias.",
    ),
    "contacto": Forma(
        Pregunta(
            "contacto",
            0,
            "¿Cómo te avisamos?",
            (
                _CANAL,
                Campo("telefono", "telefono", "Teléfono celular", ayuda="Si elegiste mensaje de texto."),
                Campo(
                    "correo",
                    "correo",
                    "Correo electrónico",
                    ayuda="Si elegiste correo. Que no sea el del trabajo.",
                ),
                Campo(
                    "horario_seguro",
                    "texto",
                    "Horario seguro",
                    ayuda="Por ejemplo: después de las 7 de la noche.",
                ),
            ),
            entrada="El aviso sólo dice que hay algo nuevo en tu buzón. Nunca cuenta tu caso.",
            revisa=_revisa_contacto,
        ),
        _contacto,
        "Guardar",
        "Cambiamos cómo te avisamos.",
    ),
    "represalia": Forma(
        Pregunta(
            "represalia",
            0,
            "¿Ha pasado algo en tu trabajo por esto?",
            (
                Campo(
                    "que_paso",
                    "multi",
                    "¿Qué pasó?",
                    opciones=(
                        ("despido", "Me despidieron"),
                        ("baja", "Me dieron de baja en el IMSS"),
                        ("amenaza", "Me amenazaron"),
                        ("otro", "Otra cosa"),
                    ),
                    falta="Elige al menos una opción.",
                ),
                Campo("texto", "parrafo", "Cuéntanos qué pasó y cuándo", maximo=4000),
            ),
            entrada="Lo atendemos primero. Si estás en peligro, llama al 911.",
        ),
        _represalia,
        "Enviar",
        "Lo recibimos. Lo atendemos antes que lo demás y te escribiremos aquí.",
    ),
    "desistir": Forma(
        Pregunta(
            "desistir",
            0,
            "Pedir que se cierre tu caso",
            (Campo("texto", "parrafo", "¿Por qué quieres cerrarlo?", maximo=2000),),
            entrada="Antes de cerrarlo hablaremos contigo para confirmar que nadie te presiona.",
        ),
        _desistir,
        "Sí, pedir que se cierre",
        "Recibimos tu petición. Te contactaremos para confirmarla.",
        grave=True,
    ),
}
