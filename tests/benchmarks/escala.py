"""A million denuncias a year, simulated with what each request costs on this machine: what fills up first.

The costs are measured (`servicio`); how often each thing happens is what docs/escala.md says and why. The hour that is
simulated is the fullest of the fullest season; then the midnight at which the terms of a day fall due.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.benchmarks import servicio
from tests.benchmarks.cola import Paso, Recurso, Simulador
from tests.benchmarks.marco import Informe, Tamano, Vara, percentil
from tests.benchmarks.servicio import ASISTENTE, CASO, PLAZO, Gasto

COLUMNAS = (
    "carga",
    "máquinas web",
    "peticiones/s",
    "web %",
    "base %",
    "folios %",
    "trabajadores %",
    "p95 bandeja ms",
    "p95 completar ms",
    "p95 presentar ms",
    "p95 envío ms",
    "se llena primero",
)
CARGAS, MAQUINAS = (1, 2, 5), (1, 2, 4, 8)
VENTANA_S, VENTANA_MINIMA_S = 600, 2
TOPE_OCUPACION, MAQUINAS_DEL_TOPE = 0.7, 2

# -- how much there is to do (docs/escala.md § Lo que hay que hacer) -------------------------------------
DENUNCIAS_ANIO, DIAS_HABILES = 1_000_000, 250
HORA_PICO, TEMPORADA = 0.15, 1.5
PERSONAL, CON_LA_BANDEJA_ABIERTA, PREGUNTA_S = 10_000, 0.5, 60
TAREAS, PLAZOS, DOCUMENTOS, CORREOS = 10.9, 2.0, 6.1, 8.3
POR_DENUNCIA: Mapping[str, float] = {
    ASISTENTE: 34,
    "presentar": 1,
    "buzon": 6,
    "bandeja": 1.5 * TAREAS,
    "tarea": 1.5 * TAREAS,
    CASO: 1.0 * TAREAS,
    # The form keeps what is written at each pause of whoever writes.
    "borrador": 8 * TAREAS,
    "completar": TAREAS,
}
# An open inbox asks by itself whether something arrived, however little there is to do.
POR_PERSONA: Mapping[str, float] = {"novedades": CON_LA_BANDEJA_ABIERTA / PREGUNTA_S}
TRABAJOS: Mapping[str, float] = {PLAZO: PLAZOS, "documento": DOCUMENTOS, "carta": CORREOS}

# -- the machines (docs/escala.md § Con qué) -------------------------------------------------------------
PROCESOS, HILOS, NUCLEOS_BASE, TRABAJADORES = 4, 8, 16, 4
IDA_Y_VUELTA_S, DISCO_S = 0.0003, 0.002
SIN_FIN = 10**9
ESCRIBEN = frozenset({ASISTENTE, "presentar", "borrador", "completar", *TRABAJOS})
PETICIONES, TODO = {*POR_DENUNCIA, *POR_PERSONA}, (*POR_DENUNCIA, *POR_PERSONA, *TRABAJOS)


@dataclass
class Planta:
    """The resources of one layout. `red` has room for everybody: it is time, not work."""

    plazas: Recurso
    web: Recurso
    base: Recurso
    folios: Recurso
    trabajadores: Recurso
    red: Recurso

    @classmethod
    def de(cls, maquinas: int, trabajadores: int = TRABAJADORES) -> Planta:
        """That many web machines and worker processes before one database."""
        return cls(
            Recurso("plazas", maquinas * PROCESOS * HILOS),
            # A process of Python computes one thing at a time.
            Recurso("web", maquinas * PROCESOS),
            Recurso("base", NUCLEOS_BASE),
            Recurso("folios", 1),
            Recurso("trabajadores", trabajadores),
            Recurso("red", SIN_FIN),
        )

    def pasos(self, clase: str, gasto: Gasto) -> list[Paso]:
        """The way of a request or of a job."""
        espera = gasto.sentencias * IDA_Y_VUELTA_S + (DISCO_S if clase in ESCRIBEN else 0.0)
        fuera = [Paso("usa", self.red, espera), Paso("usa", self.base, gasto.base)]
        if clase in TRABAJOS:
            # It computes on a processor of its own, and has it while it waits.
            propio = [Paso("usa", self.red, gasto.propio)]
            return [Paso("toma", self.trabajadores), *propio, *fuera, Paso("suelta", self.trabajadores)]
        mitad = Paso("usa", self.web, gasto.propio / 2)
        dentro = [mitad, *fuera, mitad]
        if clase == "presentar":
            dentro = [Paso("toma", self.folios), *dentro, Paso("suelta", self.folios)]
        return [Paso("toma", self.plazas), *dentro, Paso("suelta", self.plazas)]


@dataclass
class Resultado:
    """Seconds of each kind, and how full each resource was (0 to 1)."""

    tiempos: dict[str, list[float]]
    ocupacion: dict[str, float]
    por_segundo: float

    @property
    def primero(self) -> str:
        """The fullest resource."""
        return max(self.ocupacion, key=lambda cual: self.ocupacion[cual])

    def p95_ms(self, clase: str) -> float | None:
        """Of a kind; None when none came."""
        suyos = self.tiempos.get(clase)
        return percentil(suyos, 95) * 1e3 if suyos else None


def por_segundo(clase: str) -> float:
    """Arrivals of a kind in the fullest hour."""
    if clase in POR_PERSONA:
        return PERSONAL * POR_PERSONA[clase]
    de_un_dia = DENUNCIAS_ANIO / DIAS_HABILES * TEMPORADA
    return {**POR_DENUNCIA, **TRABAJOS}[clase] * de_un_dia * HORA_PICO / 3600


def hora_pico(gastos: Mapping[str, Gasto], carga: float, maquinas: int, ventana_s: float) -> Resultado:
    """The fullest hour, `carga` times over. The first quarter is not counted: it begins with an empty house."""
    simulador, planta = Simulador(carga * 100 + maquinas), Planta.de(maquinas)
    tiempos: dict[str, list[float]] = defaultdict(list)
    desde, hasta = ventana_s / 4, ventana_s * 5 / 4
    recursos = (planta.web, planta.base, planta.folios, planta.trabajadores)

    def anotar(clase: str, segundos: float) -> None:
        if simulador.ahora > desde:
            tiempos[clase].append(segundos)

    def llega(clase: str) -> None:
        simulador.pasar(planta.pasos(clase, gastos[clase]), partial(anotar, clase))

    for clase in TODO:
        simulador.llegadas(carga * por_segundo(clase), hasta, partial(llega, clase))
    simulador.correr(desde)
    antes = {r.nombre: r.ocupado(desde) for r in recursos}
    simulador.correr(hasta)
    ocupacion = {r.nombre: (r.ocupado(hasta) - antes[r.nombre]) / r.servidores / ventana_s for r in recursos}
    peticiones = sum(len(suyos) for clase, suyos in tiempos.items() if clase in PETICIONES)
    return Resultado(tiempos, ocupacion, peticiones / ventana_s)


def medianoche(gastos: Mapping[str, Gasto], cuantos: int, trabajadores: int) -> list[float]:
    """Seconds by which each of `cuantos` terms that fall due at one instant is late."""
    simulador, planta, tarde = Simulador(cuantos), Planta.de(1, trabajadores), list[float]()
    pasos = planta.pasos(PLAZO, gastos[PLAZO])
    for _ in range(cuantos):
        simulador.pasar(pasos, tarde.append)
    simulador.correr(float("inf"))
    return tarde


def medir(cual: str, tamano: Tamano, carpeta: Path) -> Informe:
    """Costs measured on one database, then every load with every number of machines."""
    informe = Informe(f"escala-{cual}", f"Un millón de denuncias al año, con costos de {cual}", COLUMNAS)
    gastos = servicio.calibrar(cual, tamano.de(servicio.CASOS), carpeta)
    ventana = float(tamano.de(VENTANA_S, VENTANA_MINIMA_S))
    for carga in CARGAS:
        for maquinas in MAQUINAS:
            _anotar(informe, carga, maquinas, hora_pico(gastos, carga, maquinas, ventana))
    informe.notas += [_costo(clase, gasto) for clase, gasto in gastos.items()]
    informe.notas += _de_noche(gastos, tamano)
    return informe


def _de_noche(gastos: Mapping[str, Gasto], tamano: Tamano) -> list[str]:
    """How late the terms of a day fire, that all fall due at midnight."""
    dichos = []
    del_dia = DENUNCIAS_ANIO / DIAS_HABILES * TEMPORADA * PLAZOS
    for veces in CARGAS:
        cuantos = tamano.de(round(veces * del_dia), 10)
        for trabajadores in (2, 4, 8):
            tarde = medianoche(gastos, cuantos, trabajadores)
            dichos.append(
                f"{cuantos} plazos a medianoche, {trabajadores} trabajadores: p50 {percentil(tarde, 50):.0f} s, "
                f"el último {max(tarde):.0f} s"
            )
    return dichos


def _anotar(informe: Informe, carga: int, maquinas: int, visto: Resultado) -> None:
    ocupacion = visto.ocupacion
    informe.filas.append(
        (
            carga,
            maquinas,
            visto.por_segundo,
            *(100 * ocupacion[cual] for cual in ("web", "base", "folios", "trabajadores")),
            *(visto.p95_ms(clase) for clase in ("bandeja", "completar", "presentar", "documento")),
            visto.primero,
        )
    )
    if (carga, maquinas) == (1, 1):
        llenos = ", ".join(f"{cual} {1 / max(parte, 1e-6):.0f}" for cual, parte in ocupacion.items())
        informe.notas.append(f"veces la carga con que se llena cada cosa, con una máquina web: {llenos}")
    if (carga, maquinas) == (1, MAQUINAS_DEL_TOPE):
        lleno = max(ocupacion.values())
        informe.varas.append(
            Vara(f"lo más lleno con {maquinas} máquinas en la hora pico", lleno, TOPE_OCUPACION)
        )


def _costo(clase: str, gasto: Gasto) -> str:
    return (
        f"{clase}: {gasto.propio * 1e3:.1f} ms de procesador, {gasto.base * 1e3:.1f} en la base, "
        f"{gasto.sentencias:.0f} sentencias"
    )
