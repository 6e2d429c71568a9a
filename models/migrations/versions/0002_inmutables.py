"""what is written once: the database itself refuses to change it"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The log, the ledger of terms, the nominal votes, the path walked and the published diagrams.
TABLAS = ("bitacora", "movimiento_plazo", "voto", "paso", "ficha", "definicion_proceso", "apertura_identidad")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION rechazar_cambio() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'la tabla % es de solo agregar', TG_TABLE_NAME; END $$"
        )
        for tabla in TABLAS:
            op.execute(
                f"CREATE TRIGGER {tabla}_inmutable BEFORE UPDATE OR DELETE ON {tabla} "
                "FOR EACH ROW EXECUTE FUNCTION rechazar_cambio()"
            )
        return
    for tabla in TABLAS:
        for verbo in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {tabla}_no_{verbo.lower()} BEFORE {verbo} ON {tabla} "
                f"BEGIN SELECT RAISE(ABORT, 'la tabla {tabla} es de solo agregar'); END"
            )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION rechazar_cambio() CASCADE")
        return
    for tabla in TABLAS:
        for verbo in ("update", "delete"):
            op.execute(f"DROP TRIGGER {tabla}_no_{verbo}")
