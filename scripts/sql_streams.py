"""Streams in and out of SQLite, for the scripts that evaluate the rules a second time in SQL."""

import csv
import os
import sqlite3

csv.field_size_limit(1 << 30)


def database():
    """A private database on disk, gone in the end."""
    db = sqlite3.connect("")
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                     "PRAGMA cache_size = -400000;")
    return db


def run_script(db, name):
    """Runs a file that stands beside this one."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    with open(script, encoding="utf-8") as file:
        db.executescript(file.read())


def rows(path, columns):
    """The rows of a stream, its columns in this order, an absent one empty; first the headings."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        headings = next(reader)
        yield headings
        if headings == list(columns):
            yield from filter(None, reader)
            return
        at = [headings.index(c) if c in headings else None for c in columns]
        for row in filter(None, reader):
            yield [row[i] if i is not None else "" for i in at]


def load(db, table, columns, path):
    """Fills the table from the file, if there is one; the headings that the file has."""
    db.execute(f"CREATE TABLE {table} ({', '.join(c + ' TEXT NOT NULL' for c in columns)})")
    if path is None:
        return []
    data = rows(path, columns)
    headings = next(data)
    db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", data)
    return headings


def written(field):
    if field is None:
        return ""
    text = str(field)
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def write(db, query, out):
    """Writes a query's rows as a stream, byte for byte as a stage would."""
    answer = db.execute(query)
    out.write(",".join(c[0] for c in answer.description) + "\n")
    for row in answer:
        out.write(",".join(map(written, row)) + "\n")
