"""Whether an NSS, CURP, RFC or registro patronal is well written (contract §4.7).

Those are personal data: they travel in the body of a POST and come back only on its page, never in an
address, a link or a log.
"""

from __future__ import annotations

from flask import request

from web.calculadoras import bp
from web.calculadoras.lectura import Lectura
from web.calculadoras.pagina import LIMITE, Respuesta, calcular, mostrar
from web.extensions import csrf, limiter

TIPOS = {
    "nss": "Número de seguridad social (NSS)",
    "curp": "CURP",
    "rfc": "RFC",
    "registro_patronal": "Registro patronal",
}
LARGO_MAXIMO = 40


@bp.route("/identificador", methods=["GET", "POST"])
@limiter.limit(LIMITE)
def identificador() -> Respuesta:
    """The form, and what was found."""
    leido = Lectura(request.form)
    if not leido.pide:
        return mostrar("identificador", leido, tipos=TIPOS.items())
    tipo = leido.opcion("tipo", TIPOS)
    valor = leido.texto("valor", "Escribe el número que quieres revisar.")
    if len(valor) > LARGO_MAXIMO:
        leido.errores["valor"] = f"Escribe como máximo {LARGO_MAXIMO} caracteres."
    hecho = calcular(leido, {"regla": "identificador", "tipo": tipo, "valor": valor}, {}, "valor")
    return mostrar("identificador", leido, tipos=TIPOS.items(), r=hecho, nombre=TIPOS[tipo])


# Nothing is kept and nobody's rights are used: a token, and with it a cookie, would guard nothing.
csrf.exempt(identificador)
