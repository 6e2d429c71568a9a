"""Questions of the public form: who she is, how to reach her, what she can show."""

from __future__ import annotations

from web.publico.pregunta import Campo, Pregunta, Respuestas


def _se_identifica(r: Respuestas) -> bool:
    return bool(r.get("identificarse") == "si")


TU = (
    Pregunta(
        "tu-tipo",
        2,
        "¿Quién presenta la denuncia?",
        (
            Campo(
                "tipo",
                "opcion",
                "¿Quién presenta la denuncia?",
                opciones=(
                    (
                        "trabajador",
                        "La persona trabajadora",
                        "Trabajo o trabajé con ese patrón.",
                    ),
                    (
                        "beneficiario",
                        "Un familiar beneficiario",
                        "Por ejemplo: esposa, hijo o madre de quien trabaja.",
                    ),
                    (
                        "representante",
                        "Quien la representa",
                        "Te pediremos la carta poder más adelante.",
                    ),
                ),
                falta="Elige quién presenta la denuncia.",
                resumen="Quién denuncia",
                oculta=True,
            ),
        ),
    ),
    Pregunta(
        "tu-relacion",
        2,
        "¿De quién es el trabajo?",
        (
            Campo(
                "nombre_trabajador",
                "texto",
                "Nombre completo de la persona trabajadora",
                falta="Escribe el nombre de la persona trabajadora.",
                maximo=200,
                resumen="Persona trabajadora",
            ),
            Campo(
                "relacion",
                "texto",
                "¿Qué relación tienes con ella?",
                ayuda="Por ejemplo: esposo, hija, abogado.",
                falta="Escribe qué relación tienes con la persona trabajadora.",
                resumen="Relación",
            ),
        ),
        si=lambda r: r.get("tipo") in ("beneficiario", "representante"),
    ),
    Pregunta(
        "identidad",
        2,
        "¿Nos dices quién eres?",
        (
            Campo(
                "identificarse",
                "opcion",
                "¿Nos dices quién eres?",
                opciones=(
                    (
                        "si",
                        "Sí, te doy mis datos",
                        "Se guardan aparte y cifrados. Tu patrón no los verá.",
                    ),
                    (
                        "no",
                        "Ahora no",
                        "Tendrás 15 días hábiles para darlos desde tu buzón.",
                    ),
                ),
                falta="Elige si nos das tus datos ahora o después.",
                resumen="Te identificas",
                oculta=True,
            ),
        ),
        entrada="Sin tu identidad la ley no permite iniciar una auditoría. "
        "Si no la das a tiempo, lo que cuentes servirá sólo como aviso.",
        plantilla="publico/pregunta.html",
    ),
    Pregunta(
        "tu-nombre",
        2,
        "¿Cómo te llamas?",
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
        ),
        entrada="Como aparece en tu CURP o en tu acta de nacimiento.",
        si=_se_identifica,
    ),
    Pregunta(
        "tu-curp-nss",
        2,
        "Tu CURP y tu número de seguridad social",
        (
            Campo(
                "curp",
                "curp",
                "CURP",
                ayuda="18 letras y números. Puedes escribirla con espacios.",
                falta="Escribe tu CURP. Si no la sabes, búscala en gob.mx/curp.",
            ),
            Campo(
                "nss",
                "nss",
                "Número de seguridad social",
                ayuda="11 números. Está en tu recibo de nómina o en tu cartilla.",
            ),
        ),
        entrada="Con ellos encontramos tus semanas y tu salario registrado.",
        si=_se_identifica,
    ),
)

CONTACTO = (
    Pregunta(
        "contacto",
        3,
        "¿Cómo te avisamos sin ponerte en riesgo?",
        (
            Campo(
                "canal",
                "opcion",
                "¿Cómo te avisamos?",
                opciones=(
                    ("sms", "Por mensaje de texto", "A un teléfono que sólo uses tú."),
                    (
                        "correo",
                        "Por correo electrónico",
                        "Que no sea el de tu trabajo.",
                    ),
                    (
                        "buzon",
                        "Sólo en mi buzón",
                        "No te escribimos; tú entras a revisar.",
                    ),
                ),
                falta="Elige cómo prefieres que te avisemos.",
                resumen="Canal seguro",
                oculta=True,
            ),
        ),
        entrada="El aviso sólo dice que hay algo nuevo en tu buzón. Nunca cuenta tu caso.",
    ),
    Pregunta(
        "contacto-datos",
        3,
        "¿A dónde te avisamos?",
        (
            Campo(
                "telefono",
                "telefono",
                "Teléfono celular",
                ayuda="10 números.",
                falta="Escribe tu teléfono, 10 números. Por ejemplo, 477 123 4567.",
                autocompletar="tel-national",
                si=lambda r: r.get("canal") == "sms",
            ),
            Campo(
                "correo",
                "correo",
                "Correo electrónico",
                falta="Escribe tu correo. Por ejemplo, nombre@correo.mx.",
                autocompletar="email",
                si=lambda r: r.get("canal") == "correo",
            ),
            Campo(
                "horario_seguro",
                "texto",
                "Horario seguro",
                ayuda="Por ejemplo: después de las 7 de la noche.",
            ),
        ),
        si=lambda r: r.get("canal") in ("sms", "correo"),
    ),
)

CIERRE = (
    Pregunta(
        "pruebas",
        4,
        "¿Tienes algo que lo muestre?",
        (
            Campo(
                "que_muestran",
                "parrafo",
                "¿Qué muestran?",
                ayuda="Por ejemplo: «el recibo dice 3,200, pero el IMSS tiene 2,205».",
                maximo=1000,
                resumen="Qué muestran",
            ),
        ),
        entrada="Recibos de nómina, gafete, contrato, depósitos, mensajes o fotos en tu lugar de trabajo. "
        "No es obligatorio.",
        plantilla="publico/pruebas.html",
    ),
    Pregunta(
        "confidencialidad",
        5,
        "Tu confidencialidad",
        (
            Campo(
                "reservar_identidad",
                "multi",
                "Reserva de tu identidad",
                opciones=(
                    (
                        "si",
                        "Quiero que mi identidad quede reservada",
                        "Sólo la abre quien lleva tu caso, con un motivo escrito.",
                    ),
                ),
                resumen="Reserva",
                oculta=True,
            ),
            Campo(
                "aviso_privacidad",
                "multi",
                "Aviso de privacidad",
                opciones=(
                    (
                        "si",
                        "Leí el aviso de privacidad y acepto que usen mis datos para este caso",
                    ),
                ),
                falta="Marca la casilla del aviso de privacidad. Sin eso no podemos usar tus datos.",
                resumen="Aviso de privacidad",
                oculta=True,
            ),
        ),
        entrada="La Ley del Seguro Social, artículo 22, nos obliga a guardar en secreto lo que cuentas.",
        plantilla="publico/confidencialidad.html",
    ),
)
