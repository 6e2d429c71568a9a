"""Where the contract can be read in more than one way: the sentence, the readings, the one taken (first)."""

LECTURAS = """
General
G1  «Money is a string with two decimals»: (a) a string of digits with none to two decimals and up to thirteen whole
    digits, anything else (numbers of JSON, signs, commas, exponents) DATO_INVALIDO; (b) numbers are read too. Taken: a.
G2  Several faults in one case: the contract does not order them. Taken: any of their codes is right. A fault of
    form comes before a parameter that is missing for a date.
G3  A null: (a) the same as not given; (b) DATO_INVALIDO. Taken: a.
G4  `regla` missing: (a) DATO_FALTANTE; (b) REGLA_DESCONOCIDA. Taken: a. A case that is no object: DATO_INVALIDO.
G5  A key nobody asked for: ignored.

4.1 plazo
P1  S of `surte_efectos` falls on a suspended day: (a) S is the next día hábil all the same, a suspension is no día
    inhábil; (b) S waits. Taken: a.
P2  `meses`, `anios`, a suspension that lies partly or wholly before S: (a) only its days after S move the date, as
    4.9 says in words; (b) «its number of calendar days» are all of them. Taken: a.
P3  `meses`, `anios`, the day after S is suspended: (a) `dia_uno` is that day, «the calendar day after S»; (b) «never
    a suspended day». Taken: a, the sentence about months is the special one.
P4  A last day without work rolls into a suspension: (a) to the next día hábil, suspended or not; (b) beyond the
    suspension. Taken: a, «día hábil» knows no suspensions.
P5  `racerf`, the last day without work is a Thursday and the next día hábil a Friday: (a) Friday moves too, to
    Monday; (b) one roll only. Taken: a.
P6  «The date already reached» that a suspension must not begin after: (a) before the roll; (b) after it. Taken: a.
P7  A day that does not exist in the month with `prorroga: false`: the first día hábil of the next month all the same.
P8  Length: from 1; a term beyond the year 9999 is DATO_INVALIDO, and so is one of days that has to look at more
    than 150,000 of them, suspended ones included (the oracle has no such limit).
P9  1 December: (a) 2018 and every six years from then; (b) also 2006. Differs only on 2006-12-01.
P10 Before the list of días inhábiles (2006): (a) PARAMETRO_NO_VIGENTE where the term asks for it; (b) the list all
    the same. The project takes a; the cases of the oracle begin later. The same for `anio` of repse.

4.2 cuotas
C1  SBC or `cuota_diaria` of zero: (a) DATO_INVALIDO; (b) raised to the minimum wage. Taken: a.
C2  `clase_riesgo` and `prima` together: (a) the premium, which is the employer's own; (b) DATO_INVALIDO. Taken: a.
C3  A premium outside 0.50 to 15.00 (LSS 72): DATO_INVALIDO; up to five decimals.
C4  The minimum wage of 2027: (a) not published, PARAMETRO_NO_VIGENTE; (b) that of 2026 goes on. Taken: a.
C5  `zlfn` before 2019: (a) PARAMETRO_NO_VIGENTE, no such zone; (b) the general one. Taken: a.

4.3 accesorios
A1  «Exactly one month after» where the day does not exist: (a) the last day of that month (31 January to 28
    February), as the same section says of surcharges; (b) the first día hábil of the next month. Taken: a.
A2  «the day after debio_pagarse plus k − 1 months»: (a) months added to the day after; (b) the day after the day to
    which months were added. Taken: a, «a missing day number» has a meaning only there.
A3  A hole in the series (2026-03, 2026-04): the latest published before it is used, as with one not yet published.
A4  A missing index and a missing rate in one case: any of both codes.
A5  Importe of zero: computed.

4.4 multa
M1  `infraccion` of 304: the date need not be covered by the UMA, which is not used.
M2  20 % less: rounded to the cent before the rounding to pesos.
M3  304-A-XXII on a date before it existed: its range all the same. LFT-1004-C is a known key, as in the table.

4.5 gastos_ejecucion
E1  `["embargo", "requerimiento"]`, in that order: (a) DATO_INVALIDO, «anything else»; (b) the same act. Taken: a.
E2  No acts: nothing charged, 0.00, on any date.

4.6 repse
R1  An exhorto after its limit: computed. Before the padrón, or a cancellation before the second opinion: DATO_INVALIDO.

4.7 identificador
I1  «Spaces and dashes allowed»: taken out and no other sign. A wrong value is an answer, not an error.
I2  Dates inside CURP and RFC must exist, and the state of a CURP; the homoclave of an RFC is any two letters or
    digits and its last place a digit or A, so that the two generic RFC are valid.

4.8 votacion
V1  A seat without the key `voto`: (a) has not voted; (b) DATO_FALTANTE. Taken: a. Every other key is required.
V2  No seat votes: half of none plus one is one; `sin_quorum`.
V3  A repeated id, or a president without a seat: DATO_INVALIDO.

4.9 caducidad, prescripcion
X1  Five years after 29 February: (a) as in 4.1, the first día hábil of March; (b) 28 February; (c) 1 March. Taken: a.
X2  A gestión before `exigible_desde`: (a) DATO_INVALIDO; (b) becomes the start, which would shorten the term; (c)
    ignored. Taken: a.
X3  `gestiones` and `suspensiones` may be missing: none.
"""
