"""Every type of field: what it takes, how it cleans it, what it says when it refuses."""

from __future__ import annotations

import pytest

from workflow.formularios import Campo
from workflow.formularios.campos import Rechazo
from workflow.formularios.validacion import TIPOS

OPCIONES = (("a", "Opción A"), ("b", "Opción B"), ("ninguna", "Ninguna"))


def campo(tipo: str, **extra: object) -> Campo:
    base = {"opciones": OPCIONES} if tipo in ("opcion", "multi") else {}
    return Campo("x", "Dato", tipo, **{**base, **extra})  # type: ignore[arg-type]


BUENOS = [
    ("texto", {}, "  dos\n palabras ", "dos palabras"),
    ("texto", {}, 45, "45"),
    ("texto", {"largo": 3}, "año", "año"),
    ("texto", {"largo": 3}, "an\u0303o", "año"),
    ("texto", {"formato": "time"}, "9:05", "09:05"),
    ("parrafo", {}, "uno\r\ndos\rtres", "uno\ndos\ntres"),
    ("fecha", {}, "2028-02-29", "2028-02-29"),
    ("fecha_hora", {}, "2026-11-20T11:00", "2026-11-20T11:00:00"),
    ("fecha_hora", {}, "2026-11-20 23:59:30", "2026-11-20T23:59:00"),
    ("dinero", {}, "$1,234.50", "1234.50"),
    ("dinero", {}, "$ 1 234.5 MXN", "1234.50"),
    ("dinero", {}, 457.14, "457.14"),
    ("dinero", {}, 0, "0.00"),
    ("dinero", {}, ".5", "0.50"),
    ("dinero", {}, "1234.500", "1234.50"),
    ("entero", {"minimo": 0}, "1,200", 1200),
    ("entero", {}, -3, -3),
    ("entero", {}, 61.0, 61),
    ("si_no", {}, "Sí", True),
    ("si_no", {}, False, False),
    ("opcion", {}, "b", "b"),
    ("multi", {}, ["b", "a", "b"], ["a", "b"]),
    ("multi", {}, "a", ["a"]),
    ("multi", {"exclusivas": ("ninguna",)}, ["ninguna"], ["ninguna"]),
    ("archivos", {}, ["3", 3, 5, ""], [3, 5]),
    ("archivos", {}, 7, [7]),
    ("ref", {}, "12", 12),
    ("usuario", {}, 12, 12),
    ("asiento", {}, 2**63 - 1, 2**63 - 1),
    (
        "periodo",
        {},
        {"desde": "2024-02-12", "hasta": "2024-02-12"},
        {"desde": "2024-02-12", "hasta": "2024-02-12"},
    ),
    (
        "periodo",
        {"abierto": True},
        {"desde": "2024-02-12", "hasta": ""},
        {"desde": "2024-02-12", "hasta": None},
    ),
    (
        "domicilio",
        {},
        {"calle": "Juárez", "numero": "", "cp": "37000", "municipio": "León", "estado": "Guanajuato"},
        {"calle": "Juárez", "cp": "37000", "municipio": "León", "estado": "Guanajuato"},
    ),
    ("firma", {}, {"medio": "efirma", "firmo": "si"}, {"medio": "efirma", "firmo": True}),
    (
        "firma",
        {},
        {"medio": "autografa", "firmo": True, "documento_id": "9"},
        {"medio": "autografa", "firmo": True, "documento_id": 9},
    ),
    ("rfc", {}, "aro 010203 ab1", "ARO010203AB1"),
    ("curp", {}, "GOMC900514MGTLRL00", "GOMC900514MGTLRL00"),
    ("nss", {}, "1234 56 7890-3", "12345678903"),
    ("rp", {}, "c61 40772 10 8", "C6140772108"),
    ("correo", {}, "Ana.Ruiz@Correo.MX", "Ana.Ruiz@correo.mx"),
    ("telefono", {}, "+52 1 (477) 123-4567", "4771234567"),
    ("telefono", {}, "5212345678", "5212345678"),
]


@pytest.mark.parametrize(("tipo", "extra", "valor", "limpio"), BUENOS)
def test_limpia(tipo, extra, valor, limpio):
    obtenido = TIPOS[tipo](campo(tipo, **extra), valor)
    assert obtenido == limpio
    assert type(obtenido) is type(limpio)


@pytest.mark.parametrize(("tipo", "extra", "valor", "limpio"), BUENOS)
def test_lo_limpio_se_puede_juzgar_de_nuevo(tipo, extra, valor, limpio):
    assert TIPOS[tipo](campo(tipo, **extra), limpio) == limpio


MALOS = [
    ("texto", {}, ["x"], "Escribe «Dato» como texto."),
    ("texto", {}, True, "Escribe «Dato» como texto."),
    ("texto", {}, 10**30, "Escribe «Dato» como texto."),
    ("texto", {"largo": 3}, "abcd", "Acorta «Dato»: caben 3 caracteres y sobra 1."),
    ("texto", {"largo": 3}, "abcdef", "Acorta «Dato»: caben 3 caracteres y sobran 3."),
    ("parrafo", {}, "a\x00b", "Quita de «Dato» los caracteres que no se ven; escríbelo de nuevo a mano."),
    ("parrafo", {}, "a\ud800b", "Quita de «Dato» los caracteres que no se ven; escríbelo de nuevo a mano."),
    ("parrafo", {}, "x" * 60_000, "Acorta «Dato»: caben 50,000 caracteres y sobran 10,000."),
    (
        "texto",
        {"formato": "time"},
        "24:00",
        "Escribe en «Dato» una hora de 00:00 a 23:59, por ejemplo 11:40.",
    ),
    (
        "texto",
        {"formato": "time"},
        "a las 9",
        "Escribe en «Dato» una hora de 00:00 a 23:59, por ejemplo 11:40.",
    ),
    ("fecha", {}, "2026-02-31", "El 31 de febrero de 2026 no existe. Corrige «Dato»."),
    ("fecha", {}, "2026-13-01", "Esa fecha no existe. Corrige «Dato»."),
    ("fecha", {}, "31/02/2026", "Escribe en «Dato» una fecha completa: día, mes y año."),
    ("fecha", {}, "٢٠٢٦-٠٢-٠١", "Escribe en «Dato» una fecha completa: día, mes y año."),
    ("fecha", {}, "0001-01-01", "Escribe en «Dato» un año entre 1900 y 2199."),
    ("fecha", {}, 20261120, "Escribe en «Dato» una fecha completa: día, mes y año."),
    (
        "fecha_hora",
        {},
        "2026-11-20T11:00Z",
        "Escribe en «Dato» la fecha y la hora, por ejemplo 20/11/2026 a las 11:00.",
    ),
    ("fecha_hora", {}, "2026-02-31T11:00", "El 31 de febrero de 2026 no existe. Corrige «Dato»."),
    ("fecha_hora", {}, "2026-11-20T25:00", "Escribe en «Dato» una hora de 00:00 a 23:59."),
    ("dinero", {}, "-1", "Escribe en «Dato» una cantidad que no sea negativa."),
    ("dinero", {}, "1.234,50", "Escribe en «Dato» la cantidad sólo con números, por ejemplo 3,200.50."),
    ("dinero", {}, "NaN", "Escribe en «Dato» la cantidad sólo con números, por ejemplo 3,200.50."),
    ("dinero", {}, float("inf"), "Escribe en «Dato» la cantidad sólo con números, por ejemplo 3,200.50."),
    ("dinero", {}, True, "Escribe en «Dato» la cantidad sólo con números, por ejemplo 3,200.50."),
    ("dinero", {}, ["1"], "Escribe en «Dato» la cantidad sólo con números, por ejemplo 3,200.50."),
    ("dinero", {}, 10**40, "Escribe en «Dato» la cantidad sólo con números, por ejemplo 3,200.50."),
    ("dinero", {}, "1.005", "Escribe en «Dato» los centavos con dos cifras como máximo."),
    ("dinero", {}, "9" * 20, "Escribe en «Dato» una cantidad menor: ésa es demasiado grande."),
    ("entero", {}, "1.5", "Escribe en «Dato» un número entero, sin letras ni decimales."),
    ("entero", {}, "9" * 5000, "Escribe en «Dato» un número entero, sin letras ni decimales."),
    ("entero", {}, True, "Escribe en «Dato» un número entero."),
    ("entero", {}, 1.5, "Escribe en «Dato» un número entero."),
    ("entero", {"minimo": 1}, 0, "Escribe en «Dato» un número de 1 en adelante."),
    ("entero", {"maximo": 5000}, 5001, "Escribe en «Dato» un número de 5,000 como máximo."),
    ("si_no", {}, "quizá", "Contesta sí o no en «Dato»."),
    ("opcion", {}, "z", "Elige en «Dato» una de las opciones que se muestran."),
    ("opcion", {}, {"a": 1}, "Elige en «Dato» una de las opciones que se muestran."),
    ("multi", {}, ["a", "z"], "Elige en «Dato» una de las opciones que se muestran."),
    ("multi", {}, {"a": 1}, "Marca en «Dato» sólo opciones de las que se muestran."),
    (
        "multi",
        {"exclusivas": ("ninguna",)},
        ["a", "ninguna"],
        "En «Dato», si marcas «Ninguna» quita las demás.",
    ),
    ("archivos", {}, {"a": 1}, "Adjunta de nuevo los archivos de «Dato»."),
    ("archivos", {}, ["../../x"], "Adjunta de nuevo los archivos de «Dato»."),
    ("archivos", {"filas_maximo": 2}, [1, 2, 3], "Deja en «Dato» 2 archivos como máximo."),
    ("ref", {}, 0, "Elige en «Dato» una de las opciones que se muestran."),
    ("ref", {}, "9" * 19, "Elige en «Dato» una de las opciones que se muestran."),
    ("usuario", {}, "1; DROP", "Elige en «Dato» una de las opciones que se muestran."),
    ("periodo", {}, "2024", "Llena de nuevo «Dato» en la página."),
    ("periodo", {}, {"desde": "2024-01-01", "otro": 1}, "Llena de nuevo «Dato» en la página."),
    (
        "rfc",
        {},
        "ABC",
        "Corrige «Dato». El RFC tiene 12 caracteres (empresa) o 13 (persona): letras, fecha y homoclave.",
    ),
    (
        "curp",
        {},
        "ABC",
        "Corrige «Dato». La CURP tiene 18 letras y números: iniciales, fecha, sexo, entidad y clave.",
    ),
    ("nss", {}, "123", "Corrige «Dato». El número de seguridad social tiene 11 dígitos."),
    (
        "nss",
        {},
        "12345678900",
        "Corrige «Dato». El dígito verificador del número de seguridad social no coincide. "
        "Revisa cada número.",
    ),
    (
        "rp",
        {},
        "C61",
        "Corrige «Dato». El registro patronal tiene 10 u 11 caracteres: una letra o número y luego números.",
    ),
    ("correo", {}, "ana@correo", "Escribe en «Dato» un correo completo, por ejemplo nombre@correo.mx."),
    ("correo", {}, "ana@correo..mx", "Escribe en «Dato» un correo completo, por ejemplo nombre@correo.mx."),
    ("telefono", {}, "123", "Escribe en «Dato» los 10 dígitos del teléfono."),
]


@pytest.mark.parametrize(("tipo", "extra", "valor", "frase"), MALOS)
def test_rechaza_con_una_frase_que_dice_que_hacer(tipo, extra, valor, frase):
    with pytest.raises(Rechazo) as rechazo:
        TIPOS[tipo](campo(tipo, **extra), valor)
    assert rechazo.value.frases == {"": frase}


POR_PARTES = [
    ("periodo", {"desde": "", "hasta": "2024-01-01"}, {"desde": "Escribe desde cuándo va «Dato»."}),
    ("periodo", {"desde": "2024-01-01"}, {"hasta": "Escribe hasta cuándo va «Dato»."}),
    (
        "periodo",
        {"desde": "2024-02-31", "hasta": "2024-01-01"},
        {"desde": "El 31 de febrero de 2024 no existe. Corrige «Dato»."},
    ),
    (
        "periodo",
        {"desde": "2024-02-02", "hasta": "2024-02-01"},
        {"hasta": "En «Dato», la segunda fecha debe ser igual o posterior a la primera."},
    ),
    (
        "domicilio",
        {"calle": "x" * 151, "cp": "1", "municipio": "León"},
        {
            "calle": "Acorta «Calle»: caben 150 caracteres y sobra 1.",
            "cp": "Escribe el código postal con sus 5 dígitos.",
            "estado": "Llena «Estado» del domicilio.",
        },
    ),
    ("firma", {"medio": "huella", "firmo": "si"}, {"medio": "Elige en «Dato» cómo firmas."}),
    ("firma", {"medio": "efirma", "firmo": "no"}, {"firmo": "Marca «Firmo este documento» en «Dato»."}),
    ("firma", {"medio": "efirma", "firmo": [1]}, {"firmo": "Marca «Firmo este documento» en «Dato»."}),
    (
        "firma",
        {"medio": "efirma", "firmo": True, "documento_id": "x"},
        {"documento_id": "Adjunta de nuevo el archivo de «Dato»."},
    ),
]


@pytest.mark.parametrize(("tipo", "valor", "frases"), POR_PARTES)
def test_un_compuesto_dice_que_parte_falla(tipo, valor, frases):
    with pytest.raises(Rechazo) as rechazo:
        TIPOS[tipo](campo(tipo), valor)
    assert rechazo.value.frases == frases
