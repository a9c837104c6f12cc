package sync

import (
	"cmp"
	"context"
	"strings"

	"github.com/flaghygiene/flaglint/registry"
)

// httpType is any address that serves one of the registry formats: flagd's HTTP
// sources, GO Feature Flag's files, a payload of an SDK, flags.yaml itself.
var httpType = Type{
	Name: "http", Needs: []string{"address"}, Takes: []string{"format", "header", "environments"},
	Fetch: func(ctx context.Context, s Source, o Options) ([]*registry.Flag, error) {
		name, before, _ := strings.Cut(cmp.Or(s.Header, "Authorization: Bearer"), ":")
		if before = strings.TrimSpace(before); before != "" {
			before += " "
		}
		c, err := newClient(s, o, header(strings.TrimSpace(name), before))
		if err != nil {
			return nil, err
		}
		data, err := c.get(ctx, s.Address, nil)
		if err != nil {
			return nil, err
		}
		return o.read([]document{{name: s.Name, data: data, format: s.Format, environment: only(s.Environments)}})
	},
}
