"""Width of Noto Sans text and line breaking, without a font at hand.

Advance widths are thousandths of an em, read once from the ``hmtx`` table of Noto Sans (OFL).
"""

from __future__ import annotations

_NORMAL: dict[int, str] = {
    258: "ijlí",
    260: " ",
    268: ".,:;·",
    269: "¡!",
    273: "J",
    300: "()",
    322: "-",
    339: "IÍ",
    344: "f",
    361: "t",
    372: "/",
    413: "r",
    434: "¿?",
    470: "z",
    479: "s",
    480: "c",
    500: "–",
    508: "v",
    509: "«»",
    510: "y",
    519: "F",
    524: "L",
    529: "x",
    534: "k",
    549: "S",
    556: "ETÉ",
    561: "aá",
    564: "eé",
    566: "Y",
    572: "Z0123456789",
    586: "X",
    600: "V",
    605: "oPó",
    615: "bdgpq",
    618: "hnuúüñ",
    619: "K",
    622: "R",
    632: "C",
    639: "AÁ",
    650: "B",
    728: "G",
    730: "D",
    731: "UÚÜ",
    741: "H",
    760: "NÑ",
    781: "OQÓ",
    786: "w",
    907: "M",
    930: "W",
    935: "m",
    1000: "—",
}
_SEMINEGRA: dict[int, str] = {
    260: " ",
    276: ".:·",
    277: "!",
    279: ",;",
    280: "¡",
    283: "ijlí",
    309: "J",
    320: "-",
    324: "()",
    370: "IÍ",
    371: "f",
    399: "/",
    406: "t",
    434: "r",
    461: "¿?",
    484: "z",
    493: "s",
    500: "–",
    502: "c",
    538: "F",
    546: "L",
    547: "v",
    548: "y",
    550: "S",
    558: "EÉ",
    560: "x",
    569: "T",
    572: "0123456789",
    574: "«»",
    576: "Z",
    585: "aeáé",
    588: "k",
    603: "Y",
    615: "P",
    617: "oó",
    626: "bdgpq",
    631: "V",
    638: "hnuCXúüñ",
    643: "R",
    647: "K",
    659: "B",
    672: "AÁ",
    726: "G",
    732: "D",
    747: "UÚÜ",
    756: "H",
    787: "OQÓ",
    788: "Ñ",
    793: "N",
    830: "w",
    929: "M",
    953: "W",
    960: "m",
    1000: "—",
}
_ANCHOS = {
    peso: {letra: ancho for ancho, letras in tabla.items() for letra in letras}
    for peso, tabla in ((400, _NORMAL), (600, _SEMINEGRA))
}
_DESCONOCIDA = 600


def ancho(texto: str, cuerpo: float, peso: int = 400) -> float:
    """Width in px of ``texto`` at ``cuerpo`` px; ``peso`` is 400 or 600."""
    tabla = _ANCHOS[peso]
    return sum(tabla.get(letra, _DESCONOCIDA) for letra in texto) * cuerpo / 1000


def renglones(texto: str, maximo: float, cuerpo: float, peso: int = 400) -> list[str]:
    """Break ``texto`` into the fewest lines no wider than ``maximo`` px, as even as they can be.

    A single word wider than ``maximo`` keeps a line of its own.
    """
    palabras = texto.split()
    if not palabras:
        return []
    cuantos = len(_llenar(palabras, maximo, cuerpo, peso))
    justo = maximo
    while justo > 24 and len(_llenar(palabras, justo - 4, cuerpo, peso)) == cuantos:
        justo -= 4
        if max(ancho(r, cuerpo, peso) for r in _llenar(palabras, justo, cuerpo, peso)) > justo:
            break
    return _llenar(palabras, justo, cuerpo, peso)


def _llenar(palabras: list[str], maximo: float, cuerpo: float, peso: int) -> list[str]:
    salida = [palabras[0]]
    for palabra in palabras[1:]:
        junto = f"{salida[-1]} {palabra}"
        if ancho(junto, cuerpo, peso) <= maximo:
            salida[-1] = junto
        else:
            salida.append(palabra)
    return salida


def renglones_tarea(texto: str, maximo: float, primero: float, cuerpo: float) -> list[str]:
    """Lines of the name of a task: the first one no wider than ``primero`` px where that is possible.

    The corner of a task holds its glyph, so a short first line reads better. Few lines come before even ones.
    """
    palabras = texto.split()
    mejor: tuple[float, list[str]] | None = None
    for corte in range(1 << max(len(palabras) - 1, 0)):
        lineas = [palabras[0]] if palabras else []
        for indice, palabra in enumerate(palabras[1:]):
            if corte >> indice & 1:
                lineas.append(palabra)
            else:
                lineas[-1] += f" {palabra}"
        anchos = [ancho(linea, cuerpo) for linea in lineas]
        exceso = sum(max(0.0, a - maximo) for a in anchos) * 100
        pena = exceso + len(lineas) * 40 + max(0.0, anchos[0] - primero) * 6 if anchos else 0.0
        pena += (max(anchos) - min(anchos)) * 0.3 if anchos else 0.0
        if mejor is None or pena < mejor[0]:
            mejor = (pena, lineas)
    return mejor[1] if mejor else []
