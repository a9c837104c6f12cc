package catalog_test

import (
	"context"
	"testing"

	"github.com/flaghygiene/flaglint/examples/shop/internal/catalog"
	"github.com/flaghygiene/flaglint/examples/shop/internal/flags"
	"github.com/flaghygiene/flaglint/examples/shop/internal/flags/flagstest"
)

var goods = []catalog.Product{{Name: "blue kettle", Sold: 1}, {Name: "red kettle", Sold: 2}, {Name: "tea", Sold: 3}}

func TestNewSearch(t *testing.T) {
	c := catalog.New(flagstest.Client(t, map[string]bool{flags.NewSearch: true}), goods)
	if got := c.Search(context.Background(), "kettle"); len(got) != 2 || got[0].Name != "red kettle" {
		t.Errorf("got %v", got)
	}
}

func TestOldSearch(t *testing.T) {
	c := catalog.New(flagstest.Client(t, map[string]bool{flags.NewSearch: false}), goods)
	if got := c.Search(context.Background(), "kettle"); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
