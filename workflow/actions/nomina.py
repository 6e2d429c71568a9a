"""The workers of an act: by hand, or from a file that is judged before it is taken in."""

from __future__ import annotations

from collections.abc import Mapping

from models.documento import Documento
from workflow.actions._transaction import action
from workflow.adapters import evidencia, nomina, nomina_revision
from workflow.adapters.antivirus import AntivirusLocal, Veredicto
from workflow.adapters.evidencia import Evidencia
from workflow.adapters.nomina import Renglon
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import nomina as operaciones
from workflow.operations.documento import archivar
from workflow.operations.sujeto import de_acto

TIPO_DOCUMENTO = "nomina_acto"


@action
def agregar(ctx: Ctx, acto_id: int, datos: Mapping[str, str]) -> None:
    """One worker and stretch, by hand. `datos`: the columns of the file, as typed.

    Raises DatoInvalido by field, NoEncontrado and NoPermitido as `operations.nomina.para_cambiar`.
    """
    acto = operaciones.para_cambiar(ctx, acto_id)
    celdas = {c.clave: str(datos.get(c.clave, "")).strip()[: nomina.LARGO_CELDA] for c in nomina.COLUMNAS}
    revision = nomina_revision.revisar([Renglon(1, celdas)], operaciones.referencia(ctx, acto))
    if revision.males:
        campos: dict[str, str] = {}
        for mal in revision.males:
            campos.setdefault(mal.campo, mal.que_hacer)
        raise DatoInvalido("Revisa los datos de la persona.", campos)
    operaciones.guardar(ctx, acto, revision.buenas)


@action
def quitar(ctx: Ctx, acto_id: int, fila_id: int) -> None:
    """Take one row away."""
    operaciones.quitar(ctx, operaciones.para_cambiar(ctx, acto_id), fila_id)


@action
def subir(ctx: Ctx, acto_id: int, nombre: str, datos: bytes) -> int:
    """Keep the file in the case, so that it can be looked at before anything is taken in; returns its document.

    Raises DatoInvalido for what is no table of workers.
    """
    acto = operaciones.para_cambiar(ctx, acto_id)
    tabla = nomina.leer(nombre, datos)
    if AntivirusLocal().revisar(datos).veredicto is Veredicto.INFECTADO:
        raise DatoInvalido("El archivo tiene un virus y no lo guardamos. Pide otro.")
    archivo = Evidencia(evidencia.nombre_limpio(nombre), tabla.mime, datos)
    return archivar(ctx, de_acto(acto), TIPO_DOCUMENTO, archivo, "Lista de trabajadores").id


@action
def importar(ctx: Ctx, acto_id: int, documento_id: int, *, solo_buenas: bool = False) -> int:
    """Take in the lines of a file kept with `subir`; returns how many. All of them, or with `solo_buenas` the good.

    Raises DatoInvalido when some line is wrong and all were asked for, or when none is good.
    """
    acto = operaciones.para_cambiar(ctx, acto_id)
    documento = ctx.session.get(Documento, documento_id)
    suyo = documento is not None and (documento.sujeto_tipo, documento.sujeto_id) == ("acto", acto.id)
    if documento is None or not suyo or documento.tipo != TIPO_DOCUMENTO or documento.sha256 is None:
        raise NoEncontrado("Ese archivo no está en este acto. Súbelo de nuevo.")
    tabla = nomina.leer(documento.nombre, ctx.servicios.almacen.leer(documento.sha256))
    revision = nomina_revision.revisar(tabla.renglones, operaciones.referencia(ctx, acto))
    if not revision.buenas:
        raise DatoInvalido("Ningún renglón se puede importar: corrige el archivo y súbelo de nuevo.")
    if revision.males and not solo_buenas:
        raise DatoInvalido(
            f"Hay {revision.malas} renglones por corregir y no importamos ninguno. "
            "Corrige el archivo, o importa sólo los buenos."
        )
    return operaciones.guardar(ctx, acto, revision.buenas, documento.id)
