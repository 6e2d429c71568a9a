"""tiempo y dinero"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "cambio_calendario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dia_id", sa.Integer(), nullable=False),
        sa.Column(
            "estado",
            sa.Enum(
                "en_curso",
                "terminado",
                name="estadocambio",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("hechos", sa.Integer(), nullable=False),
        sa.Column("movidos", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=True),
        sa.Column("iniciado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("terminado_en", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("hechos <= total AND movidos <= hechos", name=op.f("ck_cambio_calendario_avance")),
        sa.ForeignKeyConstraint(["dia_id"], ["dia_inhabil.id"], name=op.f("fk_cambio_calendario_dia_id")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_cambio_calendario_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cambio_calendario")),
        sa.UniqueConstraint("dia_id", name=op.f("uq_cambio_calendario_dia_id")),
    )
    with op.batch_alter_table("cambio_calendario", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cambio_calendario_en_curso",
            ["estado"],
            unique=False,
            sqlite_where=sa.text("estado = 'en_curso'"),
            postgresql_where=sa.text("estado = 'en_curso'"),
        )

    op.create_table(
        "indice_precios",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mes", sa.Date(), nullable=False),
        sa.Column("valor", sa.String(length=16), nullable=False),
        sa.Column("sustituye", sa.Boolean(), nullable=False),
        sa.Column("archivo_sha256", sa.String(length=64), nullable=False),
        sa.Column("cita", sa.String(length=300), nullable=False),
        sa.Column("importado_en", sa.DateTime(timezone=True), nullable=False),
        sa.Column("usuario_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("valor <> ''", name=op.f("ck_indice_precios_valor")),
        sa.ForeignKeyConstraint(["usuario_id"], ["usuario.id"], name=op.f("fk_indice_precios_usuario_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indice_precios")),
    )
    with op.batch_alter_table("indice_precios", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indice_precios_mes"), ["mes"], unique=False)

    with op.batch_alter_table("dia_inhabil", schema=None) as batch_op:
        batch_op.create_index(
            "uq_dia_inhabil_instituto",
            ["fecha"],
            unique=True,
            sqlite_where=sa.text("subdelegacion_id IS NULL"),
            postgresql_where=sa.text("subdelegacion_id IS NULL"),
        )

    with op.batch_alter_table("plazo", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("ampliado_por", sa.String(length=40), server_default="", nullable=False)
        )

    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.add_column(sa.Column("tope", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("detiene_tareas", sa.Boolean(), server_default=sa.true(), nullable=False)
        )

    with op.batch_alter_table("tarea", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tarea_hecha_por"), ["hecha_por"], unique=False)

    # A value imported is written once, as 0002 says of the ledgers.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER indice_precios_inmutable BEFORE UPDATE OR DELETE ON indice_precios "
            "FOR EACH ROW EXECUTE FUNCTION rechazar_cambio()"
        )
        return
    for verbo in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER indice_precios_no_{verbo.lower()} BEFORE {verbo} ON indice_precios "
            "BEGIN SELECT RAISE(ABORT, 'la tabla indice_precios es de solo agregar'); END"
        )


def downgrade() -> None:

    with op.batch_alter_table("tarea", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tarea_hecha_por"))

    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.drop_column("detiene_tareas")
        batch_op.drop_column("tope")

    with op.batch_alter_table("plazo", schema=None) as batch_op:
        batch_op.drop_column("ampliado_por")

    with op.batch_alter_table("dia_inhabil", schema=None) as batch_op:
        batch_op.drop_index("uq_dia_inhabil_instituto")

    with op.batch_alter_table("indice_precios", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indice_precios_mes"))

    op.drop_table("indice_precios")
    with op.batch_alter_table("cambio_calendario", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_cambio_calendario_en_curso",
            sqlite_where=sa.text("estado = 'en_curso'"),
            postgresql_where=sa.text("estado = 'en_curso'"),
        )

    op.drop_table("cambio_calendario")
