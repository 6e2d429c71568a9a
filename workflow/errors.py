"""Everything that the house refuses, as sentences that say what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping


class DomainError(Exception):
    """A refusal that a person can act upon. `mensaje` is Spanish and holds no personal data."""

    codigo = "ERROR"

    def __init__(self, mensaje: str, *, codigo: str | None = None) -> None:
        super().__init__(mensaje)
        self.mensaje = mensaje
        if codigo is not None:
            self.codigo = codigo


class DatoInvalido(DomainError):
    """What was sent does not hold. `campos`: path of the field -> sentence."""

    codigo = "DATO_INVALIDO"

    def __init__(self, mensaje: str, campos: Mapping[str, str] | None = None) -> None:
        super().__init__(mensaje)
        self.campos = dict(campos or {})


class NoEncontrado(DomainError):
    """Absent or forbidden: both answer the same."""

    codigo = "NO_ENCONTRADO"

    def __init__(
        self, mensaje: str = "No encontramos lo que buscas. Revisa el folio o vuelve a tu bandeja."
    ) -> None:
        super().__init__(mensaje)


class NoPermitido(DomainError):
    """The person sees the thing but may not do this to it (separation of duties, excusa, claim of another)."""

    codigo = "NO_PERMITIDO"


class Conflicto(DomainError):
    """Somebody was faster. The text of the second person is kept by whoever shows this."""

    codigo = "CONFLICTO"


class YaHecha(Conflicto):
    """The task was already completed (or is no longer needed)."""

    codigo = "YA_HECHA"


class EstadoIlegal(DomainError):
    """The noun cannot pass to that state from where it stands."""

    codigo = "ESTADO_ILEGAL"


class EnEspera(DomainError):
    """A suspension is open: the task cannot be completed until it is lifted."""

    codigo = "EN_ESPERA"


class CredencialInvalida(DomainError):
    """Wrong user, password, folio or key: never says which."""

    codigo = "CREDENCIAL_INVALIDA"


class DemasiadosIntentos(DomainError):
    """Wait until `hasta`."""

    codigo = "DEMASIADOS_INTENTOS"

    def __init__(self, mensaje: str, hasta: dt.datetime) -> None:
        super().__init__(mensaje)
        self.hasta = hasta


class FaltaConfiguracion(DomainError):
    """Something that no source fixes was not configured."""

    codigo = "FALTA_CONFIGURACION"


class EnIncidente(DomainError):
    """The answer was kept, the case could not go on: `clave` is what to tell to support."""

    codigo = "INCIDENTE"

    def __init__(self, mensaje: str, clave: str) -> None:
        super().__init__(mensaje)
        self.clave = clave
