"""la restitución: de cada trabajador del acto, y de solo agregar"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLA = "restitucion"
DE_QUIEN = (
    "(denuncia_id IS NOT NULL AND nss IS NULL) "
    "OR (denuncia_id IS NULL AND nss IS NOT NULL AND acto_id IS NOT NULL AND etapa = 'reconocida')"
)


def upgrade() -> None:
    with op.batch_alter_table(TABLA, schema=None) as batch_op:
        batch_op.alter_column("denuncia_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("acto_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("nss", sa.String(length=11), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_restitucion_acto_id"), "acto", ["acto_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_restitucion_de_quien"), DE_QUIEN)
        batch_op.create_check_constraint(
            batch_op.f("ck_restitucion_completa"), "etapa = 'reconocida' OR NOT completa"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_restitucion_semanas"), "semanas IS NULL OR semanas >= 0"
        )
        batch_op.create_index("ix_restitucion_trabajador", ["acto_id", "nss"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {TABLA}_inmutable BEFORE UPDATE OR DELETE ON {TABLA} "
            "FOR EACH ROW EXECUTE FUNCTION rechazar_cambio()"
        )
        return
    for verbo in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {TABLA}_no_{verbo.lower()} BEFORE {verbo} ON {TABLA} "
            f"BEGIN SELECT RAISE(ABORT, 'la tabla {TABLA} es de solo agregar'); END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {TABLA}_inmutable ON {TABLA}")
    else:
        for verbo in ("update", "delete"):
            op.execute(f"DROP TRIGGER {TABLA}_no_{verbo}")
    # What has no place before: the ledger of the workers who did not denounce.
    op.execute("DELETE FROM restitucion WHERE denuncia_id IS NULL")
    with op.batch_alter_table(TABLA, schema=None) as batch_op:
        batch_op.drop_index("ix_restitucion_trabajador")
        for nombre in ("semanas", "completa", "de_quien"):
            batch_op.drop_constraint(batch_op.f(f"ck_restitucion_{nombre}"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_restitucion_acto_id"), type_="foreignkey")
        batch_op.drop_column("nss")
        batch_op.drop_column("acto_id")
        batch_op.alter_column("denuncia_id", existing_type=sa.Integer(), nullable=False)
