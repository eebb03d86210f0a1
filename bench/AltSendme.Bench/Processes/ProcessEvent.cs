using System.Text.Json;

namespace AltSendme.Bench.Processes;

/// <summary>An event of a program under measurement.</summary>
/// <param name="SinceStart">Time from the program's start to the event.</param>
/// <param name="Content">The JSON object.</param>
internal sealed record ProcessEvent(TimeSpan SinceStart, JsonElement Content)
{
    /// <summary>The duration that the program measured itself, without its start.</summary>
    public TimeSpan Duration => TimeSpan.FromMilliseconds(Content.GetProperty("milliseconds").GetDouble());
}
