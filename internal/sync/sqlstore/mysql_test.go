package sqlstore_test

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/flaghygiene/flaglint/internal/sync/storetest"
)

func TestMySQL(t *testing.T) {
	t.Parallel()
	server := storetest.Find(t, "mariadb-server", "mariadbd", "/usr/sbin/mariadbd")
	install := storetest.Find(t, "mariadb-server", "mariadb-install-db")
	dir, port := storetest.Dir(t), storetest.Port(t)
	data, socket := filepath.Join(dir, "data"), filepath.Join(dir, "socket")
	storetest.Run(t, dir, install, "--no-defaults", "--datadir="+data, "--auth-root-authentication-method=normal", "--skip-test-db")
	storetest.Serve(t, dir, port, server, "--no-defaults", "--datadir="+data, "--port="+port, "--bind-address=127.0.0.1", "--socket="+socket,
		"--pid-file="+filepath.Join(dir, "pid"), "--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0", "--character-set-server=utf8mb4")
	c := mysql.NewConfig()
	c.Net, c.Addr, c.User = "unix", socket, "root"
	connector, err := mysql.NewConnector(c)
	require.NoError(t, err)
	admin := sql.OpenDB(connector)
	admin.SetMaxOpenConns(1)
	t.Cleanup(func() { assert.NoError(t, admin.Close()) })
	storetest.Wait(t, admin.Ping)
	for _, statement := range []string{
		"create database shop", "use shop", "set sql_mode = ''", "set global max_recursive_iterations = 1000000",
		"create user reader identified by '" + password + "'",
		"create table hidden_flags (name varchar(10))",
		"create table odd (name varchar(10), on_bit bit(1), nothing datetime, at timestamp)",
		"set time_zone = '+00:00'",
		"insert into odd values ('a', b'1', '0000-00-00', '2026-01-05 23:30:00'), ('b', b'0', null, '2026-01-05 23:30:00')",
		"set global time_zone = '-08:00'",
	} {
		_, err := admin.ExecContext(t.Context(), statement)
		require.NoError(t, err, statement)
	}
	for _, table := range []string{"feature_flags", "odd", "waffle_flag", "waffle_flag_groups", "waffle_flag_users", "waffle_switch", "waffle_sample"} {
		// create lets the right be given before there is the table, and delete is not what refuses to delete.
		_, err := admin.ExecContext(t.Context(), "grant select, create, delete on shop."+table+" to reader")
		require.NoError(t, err)
	}
	place := "127.0.0.1:" + port + "/shop"
	d := database{
		typ: "mysql", admin: admin, boolean: "bool", time: "datetime(6)", secret: password,
		place: "mysql://reader@" + place, address: "mysql://" + url.UserPassword("reader", password).String() + "@" + place,
		sleep:   "select sleep(60) as name",
		numbers: "with recursive n(n) as (select 1 union all select n + 1 from n where n < %d) select n from n",
		cast:    "select name, extractvalue(1, concat('~s3cr3t', name)) as note from feature_flags",
	}
	d.test(t)

	flags, err := d.query(t, "select name, on_bit as enabled, nothing as created, at as updated from odd order by name")
	require.NoError(t, err)
	assert.Equal(t, `a {"serves.":{"only":true,"since":"2026-01-05"},"type":"bool"}`+"\n"+`b {"serves.":{"only":false,"since":"2026-01-05"},"type":"bool"}`+"\n",
		storetest.Render(t, flags))
	_, err = d.query(t, "select name from odd; select name from odd")
	d.holds(t, err, "(correct the query)")

	t.Run("the form of the driver", func(t *testing.T) {
		s, _ := d.source(map[string]string{"query": "select name, enabled from feature_flags where id = 1"}, true)
		_, err := fetch(t, s, map[string]string{"DSN": "reader:" + password + "@unix(" + socket + ")/shop"})
		require.NoError(t, err)
		s, env := d.source(s.Settings, false)
		s.Address = "reader@unix(" + socket + ")/shop"
		_, err = fetch(t, s, env)
		require.NoError(t, err)
		s.Address = "reader:" + password + "@unix(" + socket + ")/shop"
		_, err = fetch(t, s, env)
		d.holds(t, err, "the address holds a password")
		s.Address = "mysql://reader@" + place + "?tls=true"
		_, err = fetch(t, s, env)
		d.holds(t, err, "the server speaks no TLS")
	})
}
