using System.Diagnostics;

namespace AltSendme.Bench.Contenders;

/// <summary>
/// A program that sends and receives. Its sender reports an event <c>ticket</c> with a property of the same name and then serves it; its receiver reports <c>completed</c> and ends with exit code 0.
/// </summary>
internal interface IContender
{
    /// <summary>Shares a file or folder.</summary>
    /// <param name="path">What is shared.</param>
    /// <param name="stateFolder">Where the program may keep what it needs; empty and of its own.</param>
    ProcessStartInfo Send(string path, string stateFolder);

    /// <summary>Receives into <paramref name="destination"/>, which does not exist yet.</summary>
    ProcessStartInfo Receive(string ticket, string destination, string stateFolder);
}
