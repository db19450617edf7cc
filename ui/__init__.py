"""What the screen needs: figures, inputs, state, words. Nothing here computes money."""
