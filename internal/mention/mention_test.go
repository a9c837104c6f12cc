package mention

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLines(t *testing.T) {
	t.Parallel()
	text := "new-cart\n\"new-cart\": true\nnew-cart-2, my.new-cart\nsays new-cart.\nnew-cart.v2\nnothing\n"
	assert.Equal(t, []int{1, 2, 4}, Lines([]byte(text), "new-cart"))
	assert.Equal(t, []int{1, 2}, Lines([]byte("run --new-cart\n-new-cart=true\nold--new-cart\n"), "new-cart"))
	assert.Nil(t, Lines([]byte("new-car"), "new-cart"))
	assert.Nil(t, Lines(nil, "new-cart"))
}

func TestDistinctive(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{"new-cart": true, "NewCart": true, "newCart": true, "shop.cart": true, "cart": false, "Cart": false, "": false} {
		assert.Equal(t, want, Distinctive(key), key)
	}
}
