using System.Text.Json;
using AltSendme.EndToEnd.Tests;

namespace AltSendme.Interop.Tests.Transfers;

/// <summary>What our program says with <c>--json</c>.</summary>
internal static class ProgramEvents
{
    extension(ProgramRun run)
    {
        /// <summary>The next event of this type.</summary>
        public async Task<JsonElement> EventAsync(string type) => JsonSerializer.Deserialize<JsonElement>(await run.LineWithAsync($"{{\"type\":\"{type}\""));

        /// <summary>The ticket of <c>send --json</c>.</summary>
        public async Task<string> TicketAsync() => (await run.EventAsync("ticket")).GetProperty("ticket").GetString()!;

        /// <summary>Waits until events of this type tell of so many bytes, and gives what the last one told.</summary>
        public async Task<long> ReachAsync(string type, long bytes)
        {
            while (true)
            {
                var reached = (await run.EventAsync(type)).GetProperty("bytes").GetInt64();
                if (reached >= bytes)
                    return reached;
            }
        }
    }

    /// <summary>The events of a run that has ended.</summary>
    public static IReadOnlyList<JsonElement> Parse(IEnumerable<string> lines) => [.. lines.Where(static line => line.EndsWith('}')).Select(static line => JsonSerializer.Deserialize<JsonElement>(line))];

    /// <summary>Those of one type.</summary>
    public static IEnumerable<JsonElement> Of(this IEnumerable<JsonElement> events, string type) => events.Where(e => e.GetProperty("type").GetString() == type);

    /// <summary>The bytes that the last event of a type tells of; 0 without one.</summary>
    public static long LastBytes(this IEnumerable<JsonElement> events, string type) => events.Of(type).Select(static e => e.GetProperty("bytes").GetInt64()).LastOrDefault();
}
