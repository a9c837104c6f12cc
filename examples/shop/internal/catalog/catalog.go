// Package catalog finds products.
package catalog

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/flaghygiene/flaglint/examples/shop/internal/flags"
)

// Product is something to buy.
type Product struct {
	Name  string
	Cents int
	Sold  int
}

// Catalog is the goods of the shop.
type Catalog struct {
	flags    *flags.Client
	products []Product
}

// New makes a catalog.
func New(client *flags.Client, products []Product) *Catalog {
	return &Catalog{flags: client, products: products}
}

// Search returns the products that a query names.
func (c *Catalog) Search(ctx context.Context, query string) []Product {
	var found []Product
	for _, p := range c.products {
		if c.matches(ctx, p, query) {
			found = append(found, p)
		}
	}
	switch c.flags.Variant(ctx, "ranking", "popular") {
	case "newest":
		slices.Reverse(found)
	case "personal", "popular":
		slices.SortStableFunc(found, func(a, b Product) int { return cmp.Compare(b.Sold, a.Sold) })
	}
	return found
}

func (c *Catalog) matches(ctx context.Context, p Product, query string) bool {
	if !c.flags.Enabled(ctx, flags.NewSearch) {
		return hasPrefix(p.Name, query)
	}
	for word := range strings.FieldsSeq(query) {
		if !strings.Contains(p.Name, word) {
			return false
		}
	}
	return true
}

// hasPrefix is the old search.
func hasPrefix(name, query string) bool {
	return strings.HasPrefix(name, query)
}
