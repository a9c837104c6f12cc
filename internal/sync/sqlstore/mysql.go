package sqlstore

import (
	"cmp"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-sql-driver/mysql"

	"github.com/flaghygiene/flaglint/internal/sync"
)

// mysqlDialect is MySQL, and MariaDB.
func mysqlDialect() dialect {
	return dialect{
		name: "mysql", open: openMySQL, isolation: sql.LevelRepeatableRead, explain: explainMySQL, text: mysqlText, wrong: needsPlace("mysql"),
		secrets: func(token string) []string {
			if c, err := mysqlConfig(token); err == nil {
				return append(sync.AddressSecrets(token), c.Passwd)
			}
			return sync.AddressSecrets(token)
		},
	}
}

var errMySQLAddress = errors.New("the address is none (want mysql://USER@HOST/DATABASE, with tls= and the like behind a ?; or USER@unix(SOCKET)/DATABASE)")

func openMySQL(s sync.Source, secret string, _ sync.Options) (*sql.DB, error) {
	c, err := mysqlConfig(cmp.Or(s.Address, secret))
	if err != nil {
		return nil, err
	}
	if s.Address != "" {
		if c.Passwd != "" {
			return nil, sync.ErrPassword
		}
		c.Passwd = secret
	}
	c.MultiStatements, c.AllowAllFiles, c.ParseTime = false, false, false
	c.Logger = &mysql.NopLogger{}
	if c.Params == nil {
		c.Params = map[string]string{}
	}
	c.Params["time_zone"] = "'+00:00'" // days are those in UTC
	connector, err := mysql.NewConnector(c)
	if err != nil {
		return nil, errMySQLAddress
	}
	return sql.OpenDB(connector), nil
}

// mysqlConfig reads an address: a URL, whose parameters are those of the driver, or
// the driver's own form. The error does not repeat it.
func mysqlConfig(address string) (*mysql.Config, error) {
	if !strings.Contains(address, "://") {
		c, err := mysql.ParseDSN(address)
		if err != nil {
			return nil, errMySQLAddress
		}
		return c, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "mysql" && u.Scheme != "mariadb" || u.Host == "" {
		return nil, errMySQLAddress
	}
	c, err := mysql.ParseDSN(fmt.Sprintf("tcp(%s)/?%s", u.Host, u.RawQuery))
	if err != nil {
		return nil, errMySQLAddress
	}
	c.User, c.DBName = u.User.Username(), strings.Trim(u.Path, "/")
	c.Passwd, _ = u.User.Password()
	return c, nil
}

// explainMySQL repeats what MySQL says of the connection, the account and the query.
// What it says of values would hold them.
func explainMySQL(err error) error {
	me, ok := errors.AsType[*mysql.MySQLError](err)
	switch {
	case errors.Is(err, mysql.ErrNoTLS):
		return errors.New("the server speaks no TLS (give it a certificate; or leave tls= out of the address, where the network is trusted)")
	case errors.Is(err, mysql.ErrCleartextPassword), errors.Is(err, mysql.ErrNativePassword), errors.Is(err, mysql.ErrOldPassword), errors.Is(err, mysql.ErrUnknownPlugin):
		return errors.New("the server wants the password in a way that is not allowed (give the account another plugin, such as caching_sha2_password)")
	case !ok:
		return nil
	}
	switch me.Number {
	case 1045, 1698: // access denied
		return fmt.Errorf("%s (correct the user and the password)", oneLine(me.Message))
	case 1044, 1142, 1143, 1370: // of the database, the table, the column, the routine
		return fmt.Errorf("%s (give the account the right: GRANT SELECT)", oneLine(me.Message))
	case 1792, 1290, 1836: // read-only
		return fmt.Errorf("%s (the query may only read)", oneLine(me.Message))
	case 1046, 1049: // no database
		return fmt.Errorf("%s (correct the address)", oneLine(me.Message))
	case 1051, 1052, 1054, 1055, 1056, 1064, 1109, 1146, 1149, 1176, 1222, 1305, 1630: // names and syntax
		return fmt.Errorf("%s (correct the query)", oneLine(me.Message))
	case 1040, 1053, 1129, 1130, 1203, 1205, 1213, 1226, 1317, 1927, 1969, 3024: // too many, shutting down, locked, stopped
		return fmt.Errorf("%s (try again)", oneLine(me.Message))
	}
	return fmt.Errorf("the query fails with error %d (run it with mysql to see what is wrong)", me.Number)
}

// mysqlText returns a field as text. Bits are a number, and the day that MySQL has for
// none is none.
func mysqlText(v any, typ string) (string, error) {
	text, err := plainText(v, typ)
	switch {
	case err != nil:
	case typ == "BIT" && len(text) <= 8:
		bits := make([]byte, 8)
		copy(bits[8-len(text):], text)
		return strconv.FormatUint(binary.BigEndian.Uint64(bits), 10), nil
	case (typ == "DATE" || typ == "DATETIME" || typ == "TIMESTAMP") && strings.HasPrefix(text, "0000-00-00"):
		return "", nil
	}
	return text, err
}
