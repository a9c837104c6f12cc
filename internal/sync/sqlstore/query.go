package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source/plain"
)

// maxRows bounds the rows of a query.
const maxRows = 100_000

// querier asks a database within a transaction.
type querier struct {
	dialect
	tx    *sql.Tx
	bytes int // that all queries have returned
}

func (q *querier) end() { _ = q.tx.Rollback() }

// answer is what a query returns, as text.
type answer struct {
	columns []string
	rows    [][]sql.NullString
}

// ask runs a query. What is wrong with a field is told as at a place of the table that
// is called name.
func (q *querier) ask(ctx context.Context, name, query string) (answer, error) {
	run := q.tx.QueryContext
	if q.prepare {
		stmt, err := q.tx.PrepareContext(ctx, query)
		if err != nil {
			return answer{}, databaseError{err}
		}
		defer stmt.Close()
		run = func(ctx context.Context, _ string, args ...any) (*sql.Rows, error) {
			return stmt.QueryContext(ctx, args...)
		}
	}
	rows, err := run(ctx, query)
	if err != nil {
		return answer{}, databaseError{err}
	}
	defer rows.Close()
	var a answer
	if a.columns, err = rows.Columns(); err != nil {
		return answer{}, databaseError{err}
	}
	types, err := rows.ColumnTypes()
	if err != nil {
		return answer{}, databaseError{err}
	}
	values, into := make([]any, len(a.columns)), make([]any, len(a.columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return answer{}, databaseError{err}
		}
		if len(a.rows) == maxRows {
			return answer{}, fmt.Errorf("there are more than %d rows (correct the query: a row is a flag, or what an environment serves of it)", maxRows)
		}
		row := make([]sql.NullString, len(values))
		for i, v := range values {
			if v == nil {
				continue
			}
			text, err := q.text(v, types[i].DatabaseTypeName())
			if err != nil {
				return answer{}, fmt.Errorf("%s:%d:%d: %w", name, len(a.rows)+1, i+1, err)
			}
			row[i] = sql.NullString{String: text, Valid: true}
			if q.bytes += len(text); q.bytes > sync.MaxAnswer {
				return answer{}, fmt.Errorf("the rows have more than %d MiB (correct the query)", sync.MaxAnswer>>20)
			}
		}
		a.rows = append(a.rows, row)
	}
	if err := rows.Err(); err != nil {
		return answer{}, databaseError{err}
	}
	return a, nil
}

// plainText returns the values that database/sql knows as text.
func plainText(v any, _ string) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case bool:
		return strconv.FormatBool(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case uint64:
		return strconv.FormatUint(v, 10), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case float32:
		return strconv.FormatFloat(float64(v), 'f', -1, 32), nil
	case time.Time:
		return v.UTC().Format(time.RFC3339Nano), nil
	}
	return "", errors.New("is of a type that cannot be read (cast it to text)")
}

// queried reads what the query of a source returns as rows of a CSV file. Columns that
// are not read are refused, as what they hold may decide who gets a flag: the query
// can leave them out.
func queried(ctx context.Context, q *querier, s sync.Source) ([]*registry.Flag, error) {
	a, err := q.ask(ctx, s.Name, s.Settings["query"])
	if err != nil {
		return nil, err
	}
	for _, name := range a.columns {
		if plain.Column(name) == "" {
			return nil, fmt.Errorf("the query returns the column %q, which is none that is read "+
				"(leave it out, or rename it with as: key, enabled, percentage, owner, created, updated …)", name)
		}
	}
	rows := make([][]string, len(a.rows))
	for i, row := range a.rows {
		for _, field := range row {
			rows[i] = append(rows[i], field.String)
		}
	}
	flags, err := plain.Rows(s.Name, a.columns, rows, nil)
	if err != nil {
		return nil, err
	}
	if len(flags) == 0 {
		return nil, errors.New("the query finds no row (correct it; or the account may not see the rows)")
	}
	by := registry.Options{Runtime: new(true)}
	if !slices.ContainsFunc(flags, func(f *registry.Flag) bool {
		return slices.ContainsFunc(f.Serves, func(s registry.Serving) bool { return s.Environment != "" })
	}) {
		if by.Environment = s.Only(); by.Environment == "" && len(s.Environments) > 0 {
			return nil, errors.New("the query returns no column environment, so that it speaks of one alone (add the column, or make a source for each)")
		}
	}
	read, err := by.Registry(flags)
	if err != nil {
		return nil, err
	}
	return sync.Join(s, read)
}
