package sqlstore_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the driver that fills the file
)

func TestSQLite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "shop 100% #1?.db")
	admin, err := sql.Open("sqlite", filepath.Join(dir, "shop.db"))
	require.NoError(t, err)
	d := database{
		typ: "sqlite", admin: admin, place: filepath.ToSlash(file), boolean: "bool", time: "datetime",
		sleep:   "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as name from n",
		numbers: "with recursive n(n) as (select 1 union all select n + 1 from n where n < %d) select n from n",
	}
	// The name would be another one in an address.
	require.NoError(t, os.Symlink(filepath.Join(dir, "shop.db"), file))
	d.test(t)
	require.NoError(t, admin.Close())

	s, _ := d.source(map[string]string{"query": "select name from feature_flags"}, false)
	for address, want := range map[string]string{
		filepath.Join(dir, "none.db"): "none.db: there is no such file (correct the address)",
		dir:                           "is no file (correct the address)",
		"none.db":                     "none.db: there is no such file (correct the address)",
	} {
		s.Address = filepath.ToSlash(address)
		_, err := fetch(t, s, nil)
		require.ErrorContains(t, err, want)
	}
	assert.NoFileExists(t, filepath.Join(dir, "none.db"))
	s.Address = filepath.ToSlash(filepath.Join(dir, "text"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "text"), []byte("key,enabled\na,true\nb,false\n"), 0o600))
	_, err = fetch(t, s, nil)
	require.ErrorContains(t, err, "file is not a database")
	require.ErrorContains(t, err, "(correct the address)")

}
