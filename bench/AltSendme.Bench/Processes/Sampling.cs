namespace AltSendme.Bench.Processes;

/// <summary>Repeats measurements so that whatever else the machine does falls on both contenders alike.</summary>
internal static class Sampling
{
    /// <summary>Runs the measurements in turn, round by round, and gives the median of each figure of each.</summary>
    public static async Task<T[][]> AlternateAsync<T>(int rounds, params Func<Task<T[]>>[] measurements)
    {
        var samples = measurements.Select(_ => new List<T[]>()).ToArray();
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < measurements.Length; i++)
                samples[i].Add(await measurements[i]());
        return [.. samples.Select(Medians)];
    }

    private static T[] Medians<T>(List<T[]> rounds) =>
        [.. Enumerable.Range(0, rounds[0].Length).Select(figure => rounds.Select(round => round[figure]).Order().ElementAt(rounds.Count / 2))];
}
