// Package sqlstore fetches flags from the tables of PostgreSQL, MySQL, MariaDB and
// SQLite: what a query returns, with columns named as those of a CSV file, or the
// tables of a preset.
//
// A store is asked in one transaction that may only read, within the source's
// timeout, and rows and bytes are counted while they come.
//
// # Secrets
//
// The address of a store, with its password, comes from the environment variable that
// a source names as its token; or the configuration has the address, and the variable
// the password alone. Errors name the place (source, row and column) and never hold
// what stands there: of what a database says is repeated only what speaks of the
// connection, the account and the query.
package sqlstore
