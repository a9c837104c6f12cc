package sqlstore

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"

	"github.com/flaghygiene/flaglint/internal/sync"
)

// sqliteDialect is SQLite: a file, which is opened to be read.
func sqliteDialect() dialect {
	return dialect{
		name: "sqlite", open: openSQLite, explain: explainSQLite, text: plainText,
		wrong: func(s sync.Source) []string {
			var wrong []string
			if s.Address == "" {
				wrong = append(wrong, "a source of the type sqlite needs address, the path of the file")
			}
			if s.Token != "" {
				wrong = append(wrong, "a source of the type sqlite has no token (remove it)")
			}
			return wrong
		},
	}
}

func openSQLite(s sync.Source, _ string, o sync.Options) (*sql.DB, error) {
	name := filepath.FromSlash(s.Address)
	if !filepath.IsAbs(name) {
		name = filepath.Join(o.Dir, name)
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: there is no such file (correct the address)", s.Address)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: is no file (correct the address)", s.Address)
	}
	path := filepath.ToSlash(name)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{
		"mode": {"ro"}, "_pragma": {"query_only(1)", fmt.Sprintf("busy_timeout(%d)", s.Wait().Milliseconds())},
	}.Encode()}
	return sql.Open("sqlite", u.String())
}

// explainSQLite repeats what SQLite says, which holds no values.
func explainSQLite(err error) error {
	se, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return nil
	}
	what := "correct the query"
	switch se.Code() & 0xff {
	case 5, 6: // busy, locked
		what = "try again"
	case 8: // read-only
		what = "the query may only read"
	case 3, 14: // permissions, cannot be opened
		what = "let the file be read; of a database with a write-ahead log its directory has to be writable, or nobody to have it open"
	case 11, 26: // corrupt, no database
		what = "correct the address"
	}
	return fmt.Errorf("%s (%s)", oneLine(se.Error()), what)
}
