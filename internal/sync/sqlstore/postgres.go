package sqlstore

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"

	"github.com/flaghygiene/flaglint/internal/sync"
)

// postgres is PostgreSQL. Its driver reads PGHOST, PGSSLROOTCERT, ~/.pgpass and the
// like, as psql does.
func postgres() dialect {
	return dialect{
		name: "postgres", open: openPostgres, prepare: true, isolation: sql.LevelRepeatableRead, explain: explainPostgres, text: plainText,
		wrong: needsPlace("postgres"),
		bound: func(d time.Duration) string {
			// Of this transaction alone: proxies that pool connections refuse it at the start.
			return fmt.Sprintf("set local statement_timeout = %d", max(d.Milliseconds(), 1))
		},
		secrets: func(token string) []string {
			c, err := pq.NewConfig(token)
			if err != nil {
				return sync.AddressSecrets(token)
			}
			return append(sync.AddressSecrets(token), c.Password)
		},
	}
}

var errPostgresAddress = errors.New("the address is none (want postgres://USER@HOST/DATABASE, with sslmode= and the like behind a ?)")

func openPostgres(s sync.Source, secret string, _ sync.Options) (*sql.DB, error) {
	address := secret
	if s.Address != "" {
		if _, err := sync.ParseAddress(s.Address, errPostgresAddress, "postgres", "postgresql"); err != nil {
			return nil, err
		}
		address = s.Address
	}
	c, err := pq.NewConfig(address) // its error may repeat the address
	if err != nil {
		return nil, errPostgresAddress
	}
	if s.Address != "" && secret != "" {
		c.Password = secret
	}
	c.FallbackApplicationName = "flaglint"
	c.ConnectTimeout = s.Wait()
	connector, err := pq.NewConnectorConfig(c)
	if err != nil {
		return nil, errPostgresAddress
	}
	return sql.OpenDB(connector), nil
}

// explainPostgres repeats what PostgreSQL says of the connection, the account and the
// query. What it says of values would hold them.
func explainPostgres(err error) error {
	pe, ok := errors.AsType[*pq.Error](err)
	switch {
	case errors.Is(err, pq.ErrSSLNotSupported):
		return errors.New("the server speaks no TLS (give it a certificate; or add ?sslmode=disable to the address, where the network is trusted)")
	case !ok:
		return nil
	}
	switch class := pe.Code.Class(); class {
	case "28":
		return fmt.Errorf("%s (correct the user and the password)", oneLine(pe.Message))
	case "42", "3D", "3F", "25", "26":
		what := oneLine(pe.Message)
		if pe.Position != "" {
			what += ", at character " + pe.Position + " of the query"
		}
		switch {
		case class == "3D":
			what += " (correct the address)"
		case pe.Code == "42501":
			what += " (give the account the right: GRANT SELECT)"
		case pe.Code == "25006":
			what += " (the query may only read)"
		default:
			what += " (correct the query)"
		}
		return errors.New(what)
	case "08", "53", "57":
		return fmt.Errorf("%s (try again)", oneLine(pe.Message))
	}
	return fmt.Errorf("the query fails with SQLSTATE %s (run it with psql to see what is wrong)", pe.Code)
}
