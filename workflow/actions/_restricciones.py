"""What the constraints of the database say, as sentences."""

from __future__ import annotations

import re

from sqlalchemy.exc import IntegrityError

from workflow.errors import Conflicto, DatoInvalido, DomainError

FRASES = {
    "uq_voto_mocion_id_asiento_id": "Usted ya votó este asunto.",
    "uq_excusa_asunto_id_asiento_id": "La excusa de ese asiento ya está registrada.",
    "uq_asunto_sesion_id_propuesta_id": "Esa propuesta ya está en el orden del día.",
    "uq_asunto_sesion_id_orden": "Hay dos asuntos con el mismo lugar en el orden del día. Numéralos de nuevo.",
    "uq_asistencia_sesion_id_asiento_id": "La asistencia de ese asiento ya está registrada.",
    "uq_usuario_correo": "Ya hay una cuenta con ese correo.",
    "uq_patron_registro_patronal": "Ese registro patronal ya existe.",
    "uq_identidad_denuncia_id": "La identidad de esta denuncia ya se registró.",
    "uq_propuesta_abierta": "Ya hay una propuesta abierta de este patrón. Elige ampliarla.",
    "uq_plazo_abierto": "Ese plazo ya está corriendo en este caso.",
    "uq_acuerdo_asunto_id": "Ese asunto ya tiene acuerdo.",
    "uq_pago_origen_referencia": "Esa referencia ya se registró: otra persona capturó el mismo pago.",
    "ck_denuncia_cierre_con_causa": "Una denuncia se cierra siempre con su causa.",
    "ck_ausencia_rango": "La ausencia no puede terminar antes de empezar.",
    "ck_suspension_rango": "La pausa no puede terminar antes de empezar.",
}
# SQLite names the columns of a broken UNIQUE, not the constraint; a partial index takes its own name.
PARCIALES = {
    "uq_propuesta_patron_id_subdelegacion_id": "uq_propuesta_abierta",
    "uq_plazo_sujeto_tipo_sujeto_id_clave": "uq_plazo_abierto",
}
_COLUMNAS = re.compile(r"UNIQUE constraint failed: (.+)$")
OTRA = "Alguien más registró lo mismo antes. Vuelve a abrir la página para ver cómo quedó."


def frase(error: IntegrityError) -> DomainError:
    """The refusal that a broken constraint means. Unknown ones are a conflict, never a trace."""
    nombre = _nombre(error)
    if nombre in FRASES:
        return DatoInvalido(FRASES[nombre])
    return Conflicto(OTRA)


def _nombre(error: IntegrityError) -> str:
    diagnostico = getattr(error.orig, "diag", None)
    if diagnostico is not None:
        return str(diagnostico.constraint_name or "")
    texto = str(error.orig)
    if texto.startswith("CHECK constraint failed: "):
        return texto.removeprefix("CHECK constraint failed: ")
    encontrado = _COLUMNAS.search(texto)
    if encontrado is None:
        return ""
    columnas = [columna.split(".") for columna in encontrado.group(1).split(", ")]
    nombre = f"uq_{columnas[0][0]}_" + "_".join(columna[-1] for columna in columnas)
    return PARCIALES.get(nombre, nombre)
