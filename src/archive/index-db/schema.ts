import type { Database } from './sqlite.js';

/** Counts changes of the tables; an index of any other version is made anew. */
export const INDEX_VERSION = 1;

// Envelopes are numbered from 0 in the journal's order. What walks need (time, lap, parents,
// origins) lies packed in pages: reading a hundred thousand rows takes longer than an answer may.
const TABLES = `
CREATE TABLE position (
  source INTEGER NOT NULL, segment TEXT, offset INTEGER NOT NULL, tail TEXT NOT NULL
);
CREATE TABLE segments (segment INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
CREATE TABLE ports (port INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, carries TEXT NOT NULL);
CREATE TABLE models (models INTEGER PRIMARY KEY, list TEXT NOT NULL UNIQUE);
CREATE TABLE envelopes (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash TEXT,
  segment INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL
);
CREATE TABLE files (file INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE pages (
  page INTEGER PRIMARY KEY, facts BLOB NOT NULL, links BLOB NOT NULL, origins BLOB NOT NULL
);
CREATE TABLE missing (child INTEGER NOT NULL, id TEXT NOT NULL, lap INTEGER NOT NULL);
CREATE TABLE drops (
  id TEXT NOT NULL, time INTEGER NOT NULL, link TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX drops_by_envelope ON drops (id);
CREATE TABLE controls (time INTEGER NOT NULL, id INTEGER NOT NULL, control TEXT NOT NULL);
CREATE TABLE happenings (time INTEGER NOT NULL, what TEXT NOT NULL, agent TEXT, says TEXT);
CREATE TABLE checkpoints (time INTEGER NOT NULL, hash TEXT NOT NULL);
INSERT INTO position VALUES (0, NULL, 0, '');
`;

/** Makes the tables of an empty database. */
export function createTables(database: Database): void {
  database.exec(`BEGIN; ${TABLES} PRAGMA user_version = ${INDEX_VERSION}; COMMIT`);
}

/** Whether a database has tables of this version; throws what SQLite says of a damaged file. */
export function isCurrent(database: Database): boolean {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version === INDEX_VERSION;
}
