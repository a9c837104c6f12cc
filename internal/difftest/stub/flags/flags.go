// Package flags is the flag system of the generated programs. It serves what
// the file named by its environment variable says: one line a flag, the key and
// the values of each run, separated by tabs; the value "!" forbids the flag,
// whose evaluation is then recorded as an effect.
package flags

import (
	"errors"
	"os"
	"strconv"
	"strings"

	"github.com/flaghygiene/flaglint/internal/difftest/stub/rt"
)

// env names the variable; the linker sets it.
var env string

var served = read()

func read() map[string][]string {
	m := map[string][]string{}
	if env == "" {
		return m
	}
	b, err := os.ReadFile(os.Getenv(env))
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		m[f[0]] = f[1:]
	}
	return m
}

func lookup(key string) (string, error) {
	values := served[rt.Self()+"/"+key]
	if len(values) == 0 {
		return "", errors.New("no flag " + key)
	}
	v := values[rt.Run()%len(values)]
	if v == "!" {
		rt.Record("evaluated " + key)
	}
	if v == "!" || v == "error" {
		return "", errors.New("no value of " + key)
	}
	return v, nil
}

// BoolErr evaluates a flag; an error comes with the fallback.
func BoolErr(key string, def bool) (bool, error) {
	s, err := lookup(key)
	if err != nil {
		return def, err
	}
	return s == "true", nil
}

// StrErr evaluates a flag; an error comes with the fallback.
func StrErr(key, def string) (string, error) {
	s, err := lookup(key)
	if err != nil {
		return def, err
	}
	return s, nil
}

// IntErr evaluates a flag; an error comes with the fallback.
func IntErr(key string, def int) (int, error) {
	s, err := lookup(key)
	if err != nil {
		return def, err
	}
	n, err := strconv.Atoi(s)
	return n, err
}

// Bool evaluates a flag.
func Bool(key string, def bool) bool { v, _ := BoolErr(key, def); return v }

// Str evaluates a flag.
func Str(key, def string) string { v, _ := StrErr(key, def); return v }

// Int evaluates a flag.
func Int(key string, def int) int { v, _ := IntErr(key, def); return v }

// Int64 evaluates a flag.
func Int64(key string, def int64) int64 { return int64(Int(key, int(def))) }

// Float evaluates a flag.
func Float(key string, def float64) float64 {
	s, err := lookup(key)
	if err != nil {
		return def
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return def
	}
	return f
}

// Off tells the opposite of a flag.
func Off(key string) bool { return !Bool(key, false) }

// Client evaluates flags by methods.
type Client struct{ def bool }

// New returns a client.
func New() *Client { return &Client{} }

// Enabled evaluates a flag.
func (c *Client) Enabled(key string) bool { return Bool(key, c.def) }

// Detail is a flag's value with what led to it.
type Detail struct {
	Value   bool
	Variant string
	Key     string
}

// Evaluate evaluates a flag with its details.
func (c *Client) Evaluate(key string) (Detail, error) {
	v, err := BoolErr(key, c.def)
	return Detail{Value: v, Variant: map[bool]string{true: "on", false: "off"}[v], Key: key}, err
}

// Gate is a flag as an object.
type Gate struct{ key string }

// Register declares a flag.
func Register(key string, description string) *Gate { return &Gate{key} }

// IsEnabled evaluates the flag.
func (g *Gate) IsEnabled() bool { return Bool(g.key, false) }
