package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/registry"
)

// Types are the kinds of sources that are databases.
func Types() []sync.Type {
	return []sync.Type{postgres().asType(), mysqlDialect().asType(), sqliteDialect().asType()}
}

// dialect is a kind of database.
type dialect struct {
	name string
	// open returns a pool for the database of a source, whose secret is the password or
	// the whole address. Nothing is sent yet.
	open func(s sync.Source, secret string, o sync.Options) (*sql.DB, error)
	// prepare is set where only a prepared statement cannot be several.
	prepare bool
	// isolation lets the queries of a preset see one state.
	isolation sql.IsolationLevel
	// bound is a statement that lets the server end queries after a time; nil: it has
	// none, and the connection is closed.
	bound func(d time.Duration) string
	// explain says what an error of the driver means, without values of the database;
	// nil where it is none of the driver's.
	explain func(err error) error
	// text returns a field that is not null as text.
	text func(v any, typ string) (string, error)
	// wrong is Type.Wrong, beside that of all databases.
	wrong func(s sync.Source) []string
	// secrets is Type.Secrets.
	secrets func(token string) []string
}

func (d dialect) asType() sync.Type {
	return sync.Type{
		Name: d.name, Fetch: d.fetch, Takes: []string{"environments"}, Settings: []string{"query", "preset"}, Secrets: d.secrets,
		One: func(s sync.Source) bool { return s.Settings["preset"] != "" },
		Wrong: func(s sync.Source) []string {
			var wrong []string
			switch query, preset := s.Settings["query"], s.Settings["preset"]; {
			case query == "" && preset == "":
				wrong = append(wrong, fmt.Sprintf("a source of the type %s needs query or preset", d.name))
			case query != "" && preset != "":
				wrong = append(wrong, "query and preset exclude each other (remove one)")
			case preset != "" && preset != presetWaffle:
				wrong = append(wrong, fmt.Sprintf("preset: %q is unknown (want %s)", preset, presetWaffle))
			}
			return append(wrong, d.wrong(s)...)
		},
	}
}

// needsPlace is the Wrong of databases that are reached by an address with a password.
func needsPlace(name string) func(s sync.Source) []string {
	return func(s sync.Source) []string {
		if s.Address == "" && s.Token == "" {
			return []string{fmt.Sprintf("a source of the type %s needs token, the variable that holds its address; or address, and token for the password", name)}
		}
		return nil
	}
}

// fetch reads the flags of a source in one transaction.
func (d dialect) fetch(ctx context.Context, s sync.Source, o sync.Options) ([]*registry.Flag, error) {
	secret, err := o.Secret(s)
	if err != nil {
		return nil, err
	}
	db, err := d.open(s, secret, o)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	within, cancel := context.WithTimeout(ctx, s.Wait())
	defer cancel()
	q, err := d.begin(within, db, s.Wait())
	if err != nil {
		return nil, d.told(ctx, within, err)
	}
	defer q.end()
	var flags []*registry.Flag
	if s.Settings["preset"] != "" {
		flags, err = waffle(within, q, s, o)
	} else {
		flags, err = queried(within, q, s)
	}
	if err != nil {
		return nil, d.told(ctx, within, err)
	}
	return flags, nil
}

// begin starts a transaction that may only read.
func (d dialect) begin(ctx context.Context, db *sql.DB, wait time.Duration) (*querier, error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: d.isolation})
	if err != nil {
		return nil, databaseError{err}
	}
	q := &querier{dialect: d, tx: tx}
	if d.bound != nil {
		if _, err := tx.ExecContext(ctx, d.bound(wait)); err != nil {
			q.end()
			return nil, databaseError{err}
		}
	}
	return q, nil
}

// databaseError is one that came from the driver or through it, and may hold anything.
type databaseError struct{ err error }

func (e databaseError) Error() string { return e.err.Error() }
func (e databaseError) Unwrap() error { return e.err }

// told is what a user is told of an error.
func (d dialect) told(ctx, within context.Context, err error) error {
	var from databaseError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.As(err, &from):
		return err
	case within.Err() != nil:
		return sync.ErrNoAnswer
	}
	if explained := d.explain(from.err); explained != nil {
		return explained
	}
	if ne, ok := errors.AsType[net.Error](err); ok {
		if ne.Timeout() {
			return sync.ErrNoAnswer
		}
		return errors.New(oneLine(ne.Error()))
	}
	if strings.Contains(err.Error(), "tls: ") || strings.Contains(err.Error(), "x509: ") {
		return errors.New(oneLine(err.Error()))
	}
	return errors.New("the connection breaks off (try again; or correct the address: there may be something else than a " + d.name + " database)")
}

// oneLine is a text of another program as a part of one line.
func oneLine(s string) string {
	const most = 300
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return s
}
