package mention

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLines(t *testing.T) {
	t.Parallel()
	text := "new-cart\n\"new-cart\": true\nnew-cart-2, my.new-cart\nsays new-cart.\nnew-cart.v2\nnothing\n"
	assert.Equal(t, []int{1, 2, 4}, Lines([]byte(text), "new-cart"))
	assert.Nil(t, Lines([]byte("new-car"), "new-cart"))
	assert.Nil(t, Lines(nil, "new-cart"))
}
