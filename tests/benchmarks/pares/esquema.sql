-- The rows of a rival that has no tables of its own: what a case, an open task and its history need.
-- {serie}: how the database numbers rows.
CREATE TABLE caso (
    id {serie}, proceso VARCHAR(40) NOT NULL, estado TEXT, terminado INTEGER NOT NULL, version INTEGER NOT NULL
);
CREATE TABLE tarea (
    id {serie}, caso_id INTEGER NOT NULL REFERENCES caso (id), nodo_motor VARCHAR(80) NOT NULL,
    nodo VARCHAR(60) NOT NULL, estado VARCHAR(10) NOT NULL, creada_en VARCHAR(40) NOT NULL, hecha_en VARCHAR(40)
);
CREATE INDEX ix_tarea_caso ON tarea (caso_id, estado);
CREATE TABLE historia (
    id {serie}, caso_id INTEGER NOT NULL REFERENCES caso (id), nodo VARCHAR(60) NOT NULL, en VARCHAR(40) NOT NULL
);
CREATE INDEX ix_historia_caso ON historia (caso_id, id);
