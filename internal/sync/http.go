package sync

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// httpType is any address that serves one of the registry formats: flagd's HTTP
// sources, GO Feature Flag's files, a payload of an SDK, flags.yaml itself.
var httpType = Type{
	Name: "http", Needs: []string{"address"}, Takes: []string{"format", "header", "environments"},
	One: func(Source) bool { return true },
	Fetch: func(ctx context.Context, s Source, o Options) ([]*registry.Flag, error) {
		at, authorize := s.Address, headerOf(s)
		if strings.Contains(at, keyPlace) {
			authorize = nil // the token is a part of the address
		}
		c, err := newClient(s, o, authorize)
		if err != nil {
			return nil, err
		}
		if at, err = c.place(at); err != nil {
			return nil, err
		}
		u, err := parseAddress(at)
		if err != nil {
			return nil, err
		}
		data, err := c.get(ctx, request{url: u, shown: u.Host})
		if err != nil {
			return nil, err
		}
		return o.read(s, []document{{name: s.Name, data: data, format: s.Format, environment: s.Only()}})
	},
}

// headerOf puts the token into the header that a source names.
func headerOf(s Source) func(*http.Request, string) {
	name, before, _ := strings.Cut(cmp.Or(s.Header, "Authorization: Bearer"), ":")
	if before = strings.TrimSpace(before); before != "" {
		before += " "
	}
	return header(strings.TrimSpace(name), before)
}

// keyPlace stands in an address where the token belongs.
const keyPlace = "{token}"

var (
	errTokenPlace = errors.New("the address has a place for a token, and there is none (name the variable that holds it with token:)")
	errTokenForm  = errors.New("the token cannot stand in an address (it has an empty part, or dots alone, between slashes)")
)

// place puts the token into an address that has a place for it. Its slashes stay: the
// keys of ConfigCat have some.
func (c *client) place(address string) (string, error) {
	if !strings.Contains(address, keyPlace) {
		return address, nil
	}
	if c.secret == "" {
		return "", errTokenPlace
	}
	parts := strings.Split(c.secret, "/")
	for i, part := range parts {
		if part == "" || part == "." || part == ".." {
			return "", errTokenForm
		}
		parts[i] = url.PathEscape(part)
	}
	return strings.ReplaceAll(address, keyPlace, strings.Join(parts, "/")), nil
}
