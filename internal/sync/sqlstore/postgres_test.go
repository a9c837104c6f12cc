package sqlstore_test

import (
	"database/sql"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lib/pq"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/sync/storetest"
)

func TestPostgres(t *testing.T) {
	t.Parallel()
	initdb := storetest.Find(t, "postgresql", "initdb", "/usr/lib/postgresql/*/bin/initdb")
	dir, port := storetest.Dir(t), storetest.Port(t)
	data := filepath.Join(dir, "data")
	storetest.Run(t, dir, initdb, "-D", data, "-U", "admin", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C")
	// The administrator needs no password at the socket; all others one.
	require.NoError(t, os.WriteFile(filepath.Join(data, "pg_hba.conf"), []byte("local all admin trust\nhostssl all all all scram-sha-256\n"), 0o644))
	require.NoError(t, storetest.Certify(dir))
	storetest.Serve(t, dir, port, filepath.Join(filepath.Dir(initdb), "postgres"), "-D", data, "-p", port, "-k", dir, "-F",
		"-c", "listen_addresses=127.0.0.1", "-c", "ssl=on", "-c", "ssl_cert_file="+dir+"/cert.pem", "-c", "ssl_key_file="+dir+"/key.pem")
	connector, err := pq.NewConnector("host=" + dir + " port=" + port + " user=admin dbname=postgres sslmode=disable")
	require.NoError(t, err)
	admin := sql.OpenDB(connector)
	t.Cleanup(func() { assert.NoError(t, admin.Close()) })
	storetest.Wait(t, admin.Ping)
	for _, statement := range []string{
		"create role reader login password " + pq.QuoteLiteral(password),
		"alter default privileges in schema public grant select, delete on tables to reader",
		"create table hidden_flags (name text)", "revoke all on hidden_flags from reader",
	} {
		_, err := admin.ExecContext(t.Context(), statement)
		require.NoError(t, err, statement)
	}
	place := "127.0.0.1:" + port + "/postgres?sslmode=verify-full&sslrootcert=" + url.QueryEscape(dir+"/cert.pem")
	d := database{
		typ: "postgres", admin: admin, boolean: "boolean", time: "timestamp with time zone", secret: password,
		place: "postgres://reader@" + place, address: "postgres://" + url.UserPassword("reader", password).String() + "@" + place,
		sleep:   "select pg_sleep(60)::text as name",
		numbers: "select n from generate_series(1, %d) n",
		cast:    "select name, ('s3cr3t' || id)::int as percentage from feature_flags",
	}
	d.test(t)

	for name, tc := range map[string]struct{ query, want string }{
		"several":  {"select name from feature_flags; delete from feature_flags", "multiple commands"},
		"commit":   {"commit", "has no column for the key of flags"},
		"an array": {"select 'a' as name, array['x', 'y'] as tags", "db:1:2: tags are no words (want words, with commas between them)"},
		"binary":   {`select 'a' as name, '\xff00'::bytea as note`, "db:1:2: is no text"},
		"position": {"select name, nothing as enabled from feature_flags", `column "nothing" does not exist, at character 14 of the query (correct the query)`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.query(t, tc.query)
			d.holds(t, err, tc.want)
		})
	}
	flags, err := d.query(t, `select 'a' as name, numeric '33.330' as percent, date '2026-01-05' as created, timestamptz '2026-01-05 23:30:00-02' as updated`)
	require.NoError(t, err)
	assert.Equal(t, `a {"created":"2026-01-05","serves.":{"since":"2026-01-06"},"type":"bool"}`+"\n", storetest.Render(t, flags))

	t.Run("TLS", func(t *testing.T) {
		s, env := d.source(map[string]string{"query": "select name, enabled from feature_flags where id = 1"}, false)
		s.Address = "postgres://reader@127.0.0.1:" + port + "/postgres" // encrypted, whatever the certificate
		_, err := fetch(t, s, env)
		require.NoError(t, err)
		s.Address += "?sslmode=disable"
		_, err = fetch(t, s, env)
		d.holds(t, err, "(correct the user and the password)") // no entry for it in pg_hba.conf
		s.Address = strings.Replace(d.place, "127.0.0.1", "localhost", 1)
		_, err = fetch(t, s, env)
		d.holds(t, err, "x509: certificate is not valid for any names")
		without, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer without.Close()
		go func() {
			for {
				conn, err := without.Accept()
				if err != nil {
					return
				}
				_, _ = conn.Write([]byte("N")) // what a server says to the wish for TLS
			}
		}()
		d.at(t, without.Addr().String(), "the server speaks no TLS (give it a certificate; or add ?sslmode=disable")
	})
	t.Run("words of libpq", func(t *testing.T) {
		s, _ := d.source(map[string]string{"query": "select name, enabled from feature_flags where id = 1"}, true)
		_, err := fetch(t, s, map[string]string{"DSN": "host=127.0.0.1 port=" + port + " user=reader dbname=postgres sslmode=require password=" + pq.QuoteLiteral(password)})
		require.NoError(t, err)
		_, err = fetch(t, s, map[string]string{"DSN": "host=127.0.0.1 port=" + port + " user=reader dbname=nowhere-s3cr3t-x sslmode=require password=s3cr3t-x"})
		d.holds(t, err, "")
	})
}
