"""The questions of the public form, as data. One `Pregunta` is one page; one generic view shows them all.

What a finished draft holds (every value is JSON; a field that was not asked or not answered is absent):

| field | type | from |
|---|---|---|
| asunto, sigue_trabajando | `imss pago infonavit otro`; `si no mas5` | /denuncia/filtro |
| motivos | list of `sin_inscripcion salario_menor fecha_posterior negativa_baja otro` | motivos |
| fecha_inicio, fecha_fin, fecha_registrada | `YYYY-MM-DD` | fechas |
| fecha_aproximada | list, `["si"]` when she is not sure of the dates | fechas |
| relato | text, ≤ 4000 | relato |
| salario_monto, salario_registrado | decimal string (`"3200.00"`); the second one daily | salario |
| salario_periodo, forma_pago | `semana quincena mes dia no_se`; `efectivo deposito mixto otra` | salario |
| puesto, horario | text | puesto |
| datos_patron | list of `registro rfc nombre lugar` | patron-datos |
| registro_patronal, rfc_patron, nombre_patron, giro | normalised text | patron |
| domicilio, colonia, cp, municipio, referencias | text; cp 5 digits | lugar |
| entidad | key of the state as in the CURP | lugar |
| personas, subcontratado | `1_5 6_20 21_50 51_100 mas_100 no_se`; `si no no_se` | personas |
| tipo | `trabajador beneficiario representante` | tu-tipo |
| relacion, nombre_trabajador | text | tu-relacion (not the worker herself) |
| identificarse | `si no` | identidad |
| nombre, primer_apellido, segundo_apellido | text | tu-nombre (identificarse = si) |
| curp, nss | normalised text | tu-curp-nss (identificarse = si) |
| canal, correo, telefono, horario_seguro | `correo sms buzon`; text | contacto, contacto-datos |
| archivos | list of `{id, nombre, tamano, tipo, aviso}` | pruebas |
| que_muestran | text | pruebas |
| reservar_identidad, aviso_privacidad | list, `["si"]` | confidencialidad |
| protesta | `"si"` | revisar |

`IDENTIDAD` names the fields that say who she is or how to find her: only those go to the identity table.
"""

from __future__ import annotations

from web.publico.pregunta import Pregunta
from web.publico.preguntas_hechos import HECHOS
from web.publico.preguntas_patron import PATRON
from web.publico.preguntas_persona import CIERRE, CONTACTO, TU

IDENTIDAD = (
    "nombre",
    "primer_apellido",
    "segundo_apellido",
    "curp",
    "nss",
    "canal",
    "correo",
    "telefono",
    "horario_seguro",
    "relacion",
    "nombre_trabajador",
)
GRUPOS = (
    "Qué pasó",
    "Tu patrón",
    "Sobre ti",
    "Cómo contactarte",
    "Pruebas",
    "Revisar y presentar",
)

PREGUNTAS: tuple[Pregunta, ...] = HECHOS + PATRON + TU + CONTACTO + CIERRE
POR_CLAVE: dict[str, Pregunta] = {p.clave: p for p in PREGUNTAS}
