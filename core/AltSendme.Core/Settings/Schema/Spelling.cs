namespace AltSendme.Core.Settings.Schema;

/// <summary>Finds what somebody may have meant by a word that is not known.</summary>
internal static class Spelling
{
    private const int MaxLength = 100;

    /// <summary>The nearest of <paramref name="known"/>, when it is near enough to be meant: a third of its letters may differ.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > MaxLength)
            return null;
        var (best, least) = (default(string), int.MaxValue);
        foreach (var candidate in known)
        {
            var distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < least && distance * 3 <= candidate.Length)
                (best, least) = (candidate, distance);
        }

        return best;
    }

    /// <summary>How many letters must be put in, left out, replaced or swapped with their neighbour (optimal string alignment).</summary>
    public static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), replaced);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[left.Length, right.Length];
    }
}
