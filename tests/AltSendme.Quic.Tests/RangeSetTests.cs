using AltSendme.Quic.Simulation;

namespace AltSendme.Quic.Tests;

/// <summary>The range set against the plainest model there is.</summary>
public sealed class RangeSetTests
{
    [Fact]
    public void Adding_and_removing_ranges_agrees_with_a_set_of_numbers()
    {
        for (var seed = 0UL; seed < 200; seed++)
        {
            var random = new SeededRandom(seed);
            var set = new RangeSet();
            var model = new SortedSet<ulong>();
            for (var step = 0; step < 60; step++)
            {
                var start = (ulong)random.Next(120);
                var end = start + random.Next(20);
                var numbers = Enumerable.Range((int)start, (int)(end - start)).Select(static n => (ulong)n).ToArray();
                if (random.Chance(0.7))
                {
                    Assert.Equal((ulong)numbers.Count(model.Add), set.Add(start, end));
                }
                else
                {
                    set.Remove(start, end);
                    model.ExceptWith(numbers);
                }

                Assert.Equal(model, Expand(set));
                Assert.Equal(model.Contains(start), set.Contains(start));
            }
        }
    }

    private static IEnumerable<ulong> Expand(RangeSet set)
    {
        for (var i = 0; i < set.Count; i++)
        {
            if (i > 0)
                Assert.True(set[i].Start > set[i - 1].End, "Ranges touch.");
            for (var n = set[i].Start; n < set[i].End; n++)
                yield return n;
        }
    }
}
