package sqlstore_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/sync"
	"github.com/flaghygiene/flaglint/internal/sync/sqlstore"
	"github.com/flaghygiene/flaglint/internal/sync/storetest"
	"github.com/flaghygiene/flaglint/registry"
	"github.com/flaghygiene/flaglint/registry/source"
)

// password needs to be escaped in addresses.
const password = "s3cr3t/pa%ss@w:rd"

// database is one that a test started.
type database struct {
	typ string
	// admin changes it.
	admin *sql.DB
	// place and secret are the address without the password, and what the environment
	// holds then; a file has no secret.
	place, secret string
	// address is the one with the password; empty for a file.
	address string
	// boolean and time are the types of columns.
	boolean, time string
	// sleep is a query that takes a minute.
	sleep string
	// numbers is a query of the numbers from 1 to %d, as n.
	numbers string
	// cast is a query that fails on the value of owner in feature_flags; empty: none does.
	cast string
}

func fetch(t *testing.T, s sync.Source, env map[string]string) ([]*registry.Flag, error) {
	t.Helper()
	typ, err := sync.Lookup(sqlstore.Types(), s.Type)
	require.NoError(t, err)
	require.Empty(t, typ.Check(s))
	after, _, err := sync.Run(t.Context(), sync.Request{
		Sources: []sync.Source{s}, Types: sqlstore.Types(), Today: registry.Date{Year: 2026, Month: 11, Day: 20}, Refresh: registry.Never,
	}, sync.Options{Token: func(name string) string { return env[name] }, Formats: source.Formats(), Dir: "/"})
	if err != nil {
		assert.Nil(t, after)
		return nil, err
	}
	return after.Sources[0].Flags, nil
}

// source is a source of the database, and its environment: with the whole address in
// the variable, or with the password alone.
func (d database) source(settings map[string]string, whole bool) (sync.Source, map[string]string) {
	s := sync.Source{Name: "db", Type: d.typ, Settings: settings, Timeout: time.Minute}
	if whole {
		s.Token = "DSN"
		return s, map[string]string{"DSN": d.address + "\n"}
	}
	s.Address = d.place
	if d.secret == "" {
		return s, nil
	}
	s.Token = "PASSWORD"
	return s, map[string]string{"PASSWORD": d.secret}
}

func (d database) query(t *testing.T, query string) ([]*registry.Flag, error) {
	t.Helper()
	s, env := d.source(map[string]string{"query": query}, d.address != "")
	return fetch(t, s, env)
}

// test holds what is the same of all databases.
func (d database) test(t *testing.T) {
	do := func(t *testing.T, query string, args ...any) {
		t.Helper()
		_, err := d.admin.ExecContext(t.Context(), query, args...)
		require.NoError(t, err, query)
	}
	do(t, strings.NewReplacer("BOOL", d.boolean, "TIME", d.time).Replace(`create table feature_flags (
		id integer primary key, name varchar(100), enabled BOOL, pct decimal(5,2), env varchar(20),
		team varchar(100), tags varchar(100), note varchar(300), created_at TIME, updated_at TIME, expires date)`))
	for i, row := range []string{
		"'new-checkout', true, 100, 'production', 'payments', 'web, cart', 'One-page checkout', '2026-01-05 10:00:00', '2026-02-01 23:30:00', '2026-12-01'",
		"'new-checkout', true, null, 'staging', null, null, null, null, '2026-02-03 10:00:00', null",
		"'half', true, 12.5, 'production', 'web', null, null, '2026-01-05 10:00:00', null, null",
		"'half', false, 12.5, 'staging', 'web', null, null, null, null, null",
		"'unknown', null, null, null, 'ä, \"b\"', null, 'two\nlines', null, null, null",
	} {
		do(t, fmt.Sprintf("insert into feature_flags values (%d, %s)", i+1, row))
	}
	const all = "select name as \"key\", enabled, pct as percentage, env, team, tags, note, created_at, updated_at, expires from feature_flags order by id"
	query := all
	if d.typ == "mysql" {
		query = strings.ReplaceAll(all, `"key"`, "`key`")
	}
	const want = `new-checkout {"created":"2026-01-05","description":"One-page checkout","expires":"2026-12-01","owner":"payments",` +
		`"serves.production":{"only":true,"since":"2026-02-01"},"serves.staging":{"only":true,"since":"2026-02-03"},"tags":["cart","web"],"type":"bool"}
half {"created":"2026-01-05","owner":"web","serves.production":{},"serves.staging":{"only":false,"since":"2026-11-20"},"type":"bool"}
unknown {"description":"two\nlines","owner":"ä, \"b\""}
`
	t.Run("query", func(t *testing.T) {
		for _, whole := range []bool{true, false} {
			if whole && d.address == "" {
				continue
			}
			s, env := d.source(map[string]string{"query": query}, whole)
			flags, err := fetch(t, s, env)
			require.NoError(t, err)
			assert.Equal(t, want, storetest.Render(t, flags))
		}
	})
	t.Run("environments", func(t *testing.T) {
		s, env := d.source(map[string]string{"query": query}, false)
		s.Environments = []string{"live=production", "staging"}
		flags, err := fetch(t, s, env)
		require.NoError(t, err)
		assert.Equal(t, strings.ReplaceAll(want, "serves.production", "serves.live"), storetest.Render(t, flags))
		s.Environments = []string{"test"}
		_, err = fetch(t, s, env)
		require.ErrorContains(t, err, "says nothing of the environment test (it has ")

		s.Settings = map[string]string{"query": "select name, enabled from feature_flags where env = 'production'"}
		s.Environments = []string{"production"}
		flags, err = fetch(t, s, env)
		require.NoError(t, err)
		assert.Contains(t, storetest.Render(t, flags), `"serves.production":{"only":true,`)
		s.Environments = []string{"production", "staging"}
		_, err = fetch(t, s, env)
		require.ErrorContains(t, err, "the query returns no column environment")
	})
	t.Run("waffle", d.waffle)
	t.Run("faults", d.faults)
}

// waffle fills the tables that django-waffle makes with what stands in the sample of
// its dump, and wants the same flags.
func (d database) waffle(t *testing.T) {
	sample, err := os.ReadFile("../../../registry/source/testdata/waffle/dump.json")
	require.NoError(t, err)
	types := strings.NewReplacer("BOOL", d.boolean, "TIME", d.time)
	const rest = "note varchar(1000) not null, created TIME not null, modified TIME not null"
	for _, table := range []string{
		"waffle_flag (id integer primary key, name varchar(100) not null, everyone BOOL, percent decimal(3,1), testing BOOL not null, " +
			"superusers BOOL not null, staff BOOL not null, authenticated BOOL not null, languages varchar(1000) not null, rollout BOOL not null, " + rest + ")",
		"waffle_flag_groups (id integer primary key, flag_id integer not null, group_id integer not null)",
		"waffle_flag_users (id integer primary key, flag_id integer not null, user_id integer not null)",
		"waffle_switch (id integer primary key, name varchar(100) not null, active BOOL not null, " + rest + ")",
		"waffle_sample (id integer primary key, name varchar(100) not null, percent decimal(4,1) not null, " + rest + ")",
	} {
		_, err := d.admin.ExecContext(t.Context(), types.Replace("create table "+table))
		require.NoError(t, err, table)
	}
	s, env := d.source(map[string]string{"preset": "waffle"}, false)
	_, err = fetch(t, s, env)
	require.ErrorContains(t, err, "the tables of waffle have no row")

	insert := func(table string, id int, fields map[string]any) {
		columns, values := []string{"id"}, []string{fmt.Sprint(id)}
		for name, v := range fields {
			columns = append(columns, name)
			switch v := v.(type) {
			case nil:
				values = append(values, "null")
			case string:
				values = append(values, "'"+strings.TrimSuffix(strings.Replace(v, "T", " ", 1), "Z")+"'")
			default:
				values = append(values, fmt.Sprint(v))
			}
		}
		_, err := d.admin.ExecContext(t.Context(), fmt.Sprintf("insert into %s (%s) values (%s)", table, strings.Join(columns, ", "), strings.Join(values, ", ")))
		require.NoError(t, err)
	}
	var dump []struct {
		Model  string
		PK     int
		Fields map[string]any
	}
	require.NoError(t, json.Unmarshal(sample, &dump))
	full := dump[:0]
	for _, item := range dump {
		table := strings.Replace(item.Model, ".", "_", 1)
		defaults := map[string]any{"note": "", "created": "2026-01-05 10:00:00", "modified": "2026-02-01 10:00:00"}
		switch table {
		case "waffle_flag":
			for _, name := range []string{"testing", "superusers", "staff", "authenticated", "rollout"} {
				defaults[name] = false
			}
			defaults["languages"] = ""
		case "waffle_switch", "waffle_sample":
		default:
			continue
		}
		for name, v := range defaults {
			if item.Fields[name] == nil {
				item.Fields[name] = v
			}
		}
		row := map[string]any{}
		for name, v := range item.Fields {
			if name != "groups" && name != "users" {

				row[name] = v
				if text, ok := v.(string); ok {
					row[name] = strings.TrimSuffix(text, "+00:00")
				}
			}
		}
		insert(table, item.PK, row)
		full = append(full, item)
	}
	// One that only a group gets.
	fields := map[string]any{}
	for name, v := range full[2].Fields {
		fields[name] = v
	}
	fields["name"] = "grouped"
	insert("waffle_flag", 5, fields)
	insert("waffle_flag_groups", 1, map[string]any{"flag_id": 5, "group_id": 7})
	grouped := full[2]
	grouped.Fields = map[string]any{"groups": []int{7}}
	for name, v := range fields {
		grouped.Fields[name] = v
	}
	full = append(full, grouped)

	text, err := json.Marshal(full)
	require.NoError(t, err)
	text = []byte(strings.NewReplacer(`"Model"`, `"model"`, `"Fields"`, `"fields"`).Replace(string(text)))
	want, err := source.Formats().Load("dump.json", text, registry.Options{Format: "waffle"})
	require.NoError(t, err)
	got, err := fetch(t, s, env)
	require.NoError(t, err)
	require.Len(t, got, want.Len())
	for _, f := range got {
		w := want.Lookup(f.Key)
		require.NotNil(t, w, f.Key)
		for i := range w.Serves {
			if w.Serves[i].Since.IsZero() && w.Serves[i].Only != nil {
				w.Serves[i].Since = registry.Date{Year: 2026, Month: 11, Day: 20}
			}
		}
		assert.Equal(t, storetest.Render(t, []*registry.Flag{w}), storetest.Render(t, []*registry.Flag{f}))
	}
	s.Environments = []string{"production"}
	got, err = fetch(t, s, env)
	require.NoError(t, err)
	assert.Contains(t, storetest.Render(t, got), "serves.production")
}

// faults are told in a line that names the source, and never the password or a value.
func (d database) faults(t *testing.T) {
	for name, tc := range map[string]struct{ query, want string }{
		"bad value":          {"select name, enabled, case when id = 3 then 's3cr3t' else '50' end as percent from feature_flags where env = 'production' order by id", `source "db": db:2:3: percentage is no number from 0 to 100`},
		"bad bool":           {"select name, 's3cr3t' as enabled from feature_flags where id = 1", "db:1:2: enabled must be true or false"},
		"bad day":            {"select name, 's3cr3t' as created from feature_flags where id = 1", "db:1:2: created is no date (want YYYY-MM-DD)"},
		"no key":             {"select enabled, team from feature_flags", "db:1:1: has no column for the key of flags (name one key)"},
		"null key":           {"select null as name, enabled from feature_flags where id = 1", "db:1:1: the key of a flag is empty"},
		"twice":              {"select name, enabled from feature_flags order by id", `db:2:1: flag "new-checkout" stands twice (first at 1:1; remove one)`},
		"column of no use":   {"select id, name, enabled from feature_flags", `the query returns the column "id", which is none that is read (leave it out, or rename it with as`},
		"two columns":        {"select name, enabled, enabled as active from feature_flags", "db:1:3: a second column gives the enabled of flags (rename one)"},
		"no row":             {"select name, enabled from feature_flags where id = 99", "the query finds no row (correct it; or the account may not see the rows)"},
		"no table":           {"select name from no_such_flags", "no_such_flags"},
		"no column":          {"select name, no_such_column as enabled from feature_flags", "no_such_column"},
		"nonsense":           {"selekt name from feature_flags", "(correct the query)"},
		"writes":             {"delete from feature_flags", "(the query may only read)"},
		"too many rows":      {fmt.Sprintf("select concat('f', n) as name from (%s) numbers", fmt.Sprintf(d.numbers, 100_001)), "there are more than 100000 rows (correct the query"},
		"too many megabytes": {fmt.Sprintf("select concat('f', n) as name, %s as description from (%s) numbers", d.long(), fmt.Sprintf(d.numbers, 70)), "the rows have more than 64 MiB (correct the query)"},
		"cast":               {d.cast, "the query fails with "},
	} {
		if tc.query == "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			_, err := d.query(t, tc.query)
			d.holds(t, err, tc.want)
		})
	}
	var count int
	require.NoError(t, d.admin.QueryRowContext(t.Context(), "select count(*) from feature_flags").Scan(&count))
	assert.Equal(t, 5, count)

	t.Run("timeout", func(t *testing.T) {
		s, env := d.source(map[string]string{"query": d.sleep}, false)
		s.Timeout = 300 * time.Millisecond
		_, err := fetch(t, s, env)
		d.holds(t, err, "no answer in time (try again, or give the source a longer timeout)")
	})
	t.Run("waffle without a table", func(t *testing.T) {
		_, err := d.admin.ExecContext(t.Context(), "drop table waffle_sample")
		require.NoError(t, err)
		s, env := d.source(map[string]string{"preset": "waffle"}, false)
		_, err = fetch(t, s, env)
		d.holds(t, err, "waffle_sample")
	})
	if d.address == "" {
		return
	}
	t.Run("wrong password", func(t *testing.T) {
		s, _ := d.source(map[string]string{"query": "select 1"}, false)
		_, err := fetch(t, s, map[string]string{"PASSWORD": "wr0ng-s3cr3t"})
		d.holds(t, err, "(correct the user and the password)")
		_, err = fetch(t, s, nil)
		d.holds(t, err, "the environment variable PASSWORD is not set")
	})
	t.Run("no right", func(t *testing.T) {
		_, err := d.query(t, "select name from hidden_flags")
		d.holds(t, err, "hidden_flags")
		d.holds(t, err, "(give the account the right: GRANT SELECT)")
	})
	t.Run("away", func(t *testing.T) {
		d.at(t, "127.0.0.1:"+storetest.Port(t), "connection refused")
	})
	t.Run("silent", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close() // it takes connections, and says nothing
		d.at(t, l.Addr().String(), "no answer in time")
	})
	t.Run("something else", func(t *testing.T) {
		server := httptest.NewServer(http.NotFoundHandler())
		defer server.Close()
		d.at(t, strings.TrimPrefix(server.URL, "http://"), "")
	})
	t.Run("addresses", func(t *testing.T) {
		for _, address := range []string{
			"http://me:" + password + "@127.0.0.1/x", "://" + password, password, "127.0.0.1/" + password, "me:" + password + "@127.0.0.1",
			strings.Replace(d.address, "s3cr3t", "%zz-s3cr3t", 1), d.typ + "://me:s3cr3t@127.0.0.1:port/shop", d.typ + "://me:s3cr3t@[::1/shop",
		} {
			s := sync.Source{Name: "db", Type: d.typ, Settings: map[string]string{"query": "select 1"}, Token: "DSN", Timeout: 300 * time.Millisecond}
			_, err := fetch(t, s, map[string]string{"DSN": address})
			d.holds(t, err, "")
			s.Token, s.Address = "", address
			_, err = fetch(t, s, nil)
			d.holds(t, err, "")
		}
		s, env := d.source(map[string]string{"query": "select 1"}, false)
		s.Address = d.address
		_, err := fetch(t, s, env)
		d.holds(t, err, "the address holds a password (name the environment variable that holds it with token:)")
	})
}

// long is an expression for a text of a million characters.
func (d database) long() string {
	if d.typ == "sqlite" {
		return "printf('%.*c', 1000000, 'x')"
	}
	return "repeat('x', 1000000)"
}

// at wants an error of a database at another place.
func (d database) at(t *testing.T, place, want string) {
	t.Helper()
	_, rest, _ := strings.Cut(d.address, "@127.0.0.1:")
	port, _, _ := strings.Cut(rest, "/")
	address := strings.Replace(d.address, "@127.0.0.1:"+port, "@"+place, 1)
	require.NotEqual(t, d.address, address)
	s := sync.Source{Name: "db", Type: d.typ, Settings: map[string]string{"query": "select 1"}, Token: "DSN", Timeout: 500 * time.Millisecond}
	_, err := fetch(t, s, map[string]string{"DSN": address})
	d.holds(t, err, want)
}

// holds wants an error that says what is wanted in lines that name the source, and
// holds no secret.
func (d database) holds(t *testing.T, err error, want string) {
	t.Helper()
	require.Error(t, err)
	assert.Contains(t, err.Error(), `source "db": `)
	assert.Contains(t, err.Error(), want)
	for _, secret := range []string{"s3cr3t", "w:rd", "w%3Ard"} {
		assert.NotContains(t, err.Error(), secret)
	}
	t.Log(err)
}
