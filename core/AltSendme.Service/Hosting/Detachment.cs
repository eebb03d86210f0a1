using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AltSendme.Service.Hosting;

/// <summary>Takes the service away from the program and terminal that started it: a session of its own, and a file in place of their output.</summary>
internal static partial class Detachment
{
    private const long MaxLogLength = 1 << 20;
    private const int ReadWriteCreateAppend = 0x2 | 0x40 | 0x400;
    private const int DarwinReadWriteCreateAppend = 0x2 | 0x200 | 0x8;
    private const int OwnerOnly = 0x180;   // 0600
    private const int StandardError = 2;

    /// <summary>Leaves the terminal, whose end would end us too.</summary>
    public static void LeaveSession()
    {
        // Fails only for the leader of a group, which then has no terminal above it.
        if (!OperatingSystem.IsWindows())
            _ = NewSession();
    }

    /// <summary>Sends what is written from here on to a file. To be called before anything is written.</summary>
    /// <returns>What the program that started us still reads, for the reason why there is no service.</returns>
    public static TextWriter LogTo(string path)
    {
        if (File.Exists(path) && new FileInfo(path).Length > MaxLogLength)
            File.Move(path, path + ".old", overwrite: true);
        if (OperatingSystem.IsWindows())
        {
            var writer = new StreamWriter(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read)) { AutoFlush = true };
            Console.SetOut(writer);
            var starter = Console.Error;
            Console.SetError(writer);
            return starter;
        }

        var error = new StreamWriter(new FileStream(new SafeFileHandle(Duplicate(StandardError), ownsHandle: true), FileAccess.Write, bufferSize: 0)) { AutoFlush = true };

        var file = Open(path, OperatingSystem.IsMacOS() ? DarwinReadWriteCreateAppend : ReadWriteCreateAppend, OwnerOnly);
        if (file < 0)
            return error;
        for (var standard = 0; standard <= StandardError; standard++)
            _ = Duplicate(file, standard);
        if (file > StandardError)
            _ = Close(file);
        return error;
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int file);

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
